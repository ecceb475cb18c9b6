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
  const Finding finding =
      expect_fail(id, with_port({.value = 3000, .origin = at(Source::kubernetes, 30, 15)}),
                  "opens a port on its node", at(Source::kubernetes, 30, 15));
  EXPECT_EQ(finding.observed, "3000");
}

TEST(ContainersHostPorts, IsUnknownWhenTheHostPortCannotBeRead) {
  const Fault fault{.reason = UnknownReason::unparsable, .message = "not a number"};
  expect_unknown(id, with_port({.fault = fault}),
                 {.reason = UnknownReason::unparsable, .message = "not a number"}, Origin{});
}

TEST(ContainersHostPorts, DoesNotApplyToCompose) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::host_ports_test
