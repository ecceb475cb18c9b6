// containers-host-ports
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::host_ports_test {
namespace {

constexpr auto id = "containers-host-ports";

Container with_port(Fact<std::int64_t> host_port) {
  Container container = hardened_pod_container(Component::api);
  container.declared_ports = {{.number = 3000, .host_port = std::move(host_port)}};
  return container;
}

TEST(ContainersHostPorts, PassesWithoutPorts) {
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersHostPorts, PassesWhenAPortIsOnlyDeclared) {
  EXPECT_EQ(status_of(id, with_port({})), Outcome::pass);
}

TEST(ContainersHostPorts, PassesWhenTheHostPortIsZero) {
  EXPECT_EQ(status_of(id, with_port({.value = 0})), Outcome::pass);
}

TEST(ContainersHostPorts, FailsWhenAHostPortIsOpened) {
  const CheckResult result =
      result_of(id, kubernetes_installation(
                        {with_port({.value = 3000, .origin = at(Source::kubernetes, 30, 15)})}));
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings.front().origin, at(Source::kubernetes, 30, 15));
  EXPECT_EQ(result.findings.front().observed, "3000");
}

TEST(ContainersHostPorts, IsUnknownWhenTheHostPortCannotBeRead) {
  const Fault fault{.reason = UnknownReason::unparsable, .message = "not a number"};
  EXPECT_EQ(status_of(id, with_port({.fault = fault})), Outcome::unknown);
}

TEST(ContainersHostPorts, DoesNotApplyToCompose) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::host_ports_test
