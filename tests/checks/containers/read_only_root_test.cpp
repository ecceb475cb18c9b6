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
  const Finding finding =
      expect_fail(id, writable(hardened_service(Component::api), false),
                  "its root file system is writable", at(Source::compose, 8, 5));
  EXPECT_EQ(finding.observed, "false");
}

TEST(ContainersReadOnlyRoot, FailsWhenNothingIsSet) {
  const Finding finding =
      expect_fail(id, writable(hardened_service(Component::migrate)),
                  "its root file system is writable", at(Source::compose, 8, 5));
  EXPECT_EQ(finding.observed, "not set");
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

TEST(ContainersReadOnlyRoot, PassesWithANoteForInjectedInitContainersAlone) {
  Container injected = writable(hardened_pod_container(Component::other));
  injected.injected = true;
  expect_fail(id, injected, "its root file system is writable", at(Source::compose, 8, 5));
  injected.role = ContainerRole::init;
  expect_pass(id, injected, "may have a writable root file system as an injected init container",
              at(Source::compose, 8, 5));
  injected.injected = false;
  expect_fail(id, injected, "its root file system is writable", at(Source::compose, 8, 5));
}

TEST(ContainersReadOnlyRoot, FailsForASidecarInTheRedisPod) {
  Container sidecar = writable(hardened_pod_container(Component::redis));
  sidecar.name = "exporter";
  expect_fail(id, sidecar, "its root file system is writable", at(Source::compose, 8, 5));
}

TEST(ContainersReadOnlyRoot, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = writable(hardened_service(Component::api));
  container.security.read_only_root.fault = unset_variable;
  expect_unknown(id, container, unset_variable, at(Source::compose, 8, 5));
}

}  // namespace
}  // namespace compliance::test::read_only_root_test
