// containers-read-only-root
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::read_only_root_test {
namespace {

constexpr auto id = "containers-read-only-root";

Container writable(Container container, std::optional<bool> value = std::nullopt) {
  container.security.read_only_root = {.value = value, .origin = at(Source::compose, 8, 5)};
  return container;
}

TEST(ContainersReadOnlyRoot, PassesWhenTrue) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersReadOnlyRoot, FailsWhenFalse) {
  const CheckResult result =
      result_of(id, compose_installation({writable(hardened_service(Component::api), false)}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "false");
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 8, 5));
}

TEST(ContainersReadOnlyRoot, FailsWhenNothingIsSaid) {
  const CheckResult result =
      result_of(id, compose_installation({writable(hardened_service(Component::migrate))}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "not set");
}

TEST(ContainersReadOnlyRoot, PassesWithANoteForPostgresAndRedis) {
  for (const Component component : {Component::postgres, Component::redis}) {
    const CheckResult result =
        result_of(id, compose_installation({writable(hardened_service(component))}));
    EXPECT_EQ(result.status, Outcome::pass);
    EXPECT_EQ(result.findings.front().message, "needs a writable root file system, as packaged");
    EXPECT_EQ(status_of(id, writable(hardened_pod_container(component), false)), Outcome::pass);
  }
}

TEST(ContainersReadOnlyRoot, PassesWithoutANoteWhenPostgresIsReadOnly) {
  const CheckResult result =
      result_of(id, compose_installation({hardened_service(Component::postgres)}));
  EXPECT_EQ(result.findings.front().message, "");
}

TEST(ContainersReadOnlyRoot, FailsForASidecarInTheRedisPod) {
  Container sidecar = writable(hardened_pod_container(Component::redis));
  sidecar.name = "exporter";
  EXPECT_EQ(status_of(id, sidecar), Outcome::fail);
}

TEST(ContainersReadOnlyRoot, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = writable(hardened_service(Component::api));
  container.security.read_only_root.fault =
      Fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
}

}  // namespace
}  // namespace compliance::test::read_only_root_test
