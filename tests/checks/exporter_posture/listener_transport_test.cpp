// exporter-posture-listener-transport
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::listener_transport_test {
namespace {

constexpr auto id = "exporter-posture-listener-transport";

ProcessPosture with(Listener listener) {
  ProcessPosture process = hardened_process();
  process.listeners.push_back(std::move(listener));
  return process;
}

TEST(ExporterPostureListenerTransport, FailsWhenOnlyOneOfTwoListenersIsOpen) {
  const CheckResult result = result_of(id, with({.address = "0.0.0.0"}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::high);
  EXPECT_EQ(result.findings.front().observed, "plain HTTP on 0.0.0.0");
}

TEST(ExporterPostureListenerTransport, PassesWithTls) {
  EXPECT_EQ(status_of(id, with({.address = "::", .tls = true})), Outcome::pass);
}

TEST(ExporterPostureListenerTransport, PassesOnLoopbackWithoutTls) {
  EXPECT_EQ(status_of(id, with({.address = "::1", .loopback = true})), Outcome::pass);
}

TEST(ExporterPostureListenerTransport, PassesForHealthAnswersAlone) {
  EXPECT_EQ(status_of(id, with({.address = "0.0.0.0", .probes_alone = true})), Outcome::pass);
}

TEST(ExporterPostureListenerTransport, PassesWithANoteWhereAProxyIsDeclared) {
  ProcessPosture process = with({.address = "10.1.2.3"});
  process.behind_tls_proxy = true;
  const CheckResult result = result_of(id, process);
  EXPECT_EQ(result.status, Outcome::pass);
  EXPECT_EQ(result.findings.front().message,
            "TLS is declared to be terminated in front of the exporter");
}

TEST(ExporterPostureListenerTransport, IsUnknownWithoutAListener) {
  ProcessPosture process = hardened_process();
  process.listeners.clear();
  expect_unknown(result_of(id, process),
                 {.reason = UnknownReason::not_observable, .message = "no listener is known"},
                 at_process());
}

}  // namespace
}  // namespace compliance::test::listener_transport_test
