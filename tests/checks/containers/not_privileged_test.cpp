// containers-not-privileged
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::not_privileged_test {
namespace {

constexpr auto id = "containers-not-privileged";

TEST(ContainersNotPrivileged, PassesWhenNothingIsSet) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
}

TEST(ContainersNotPrivileged, PassesWhenPrivilegedIsFalse) {
  Container container = hardened_pod_container(Component::api);
  container.security.privileged = {.value = false};
  container.security.host_process = {.value = false};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(ContainersNotPrivileged, FailsWhenPrivilegedIsTrue) {
  Container container = hardened_service(Component::other);
  container.security.privileged = {.value = true, .origin = at(Source::compose, 12, 17)};
  const Finding finding =
      expect_fail(id, container, "runs privileged", at(Source::compose, 12, 17));
  EXPECT_EQ(finding.component, Component::other);
  EXPECT_EQ(finding.object, "service other");
}

TEST(ContainersNotPrivileged, FailsForWindowsHostProcesses) {
  Container container = hardened_pod_container(Component::api);
  container.security.host_process = {.value = true};
  expect_fail(id, container, "runs as a Windows host process", Origin{});
}

TEST(ContainersNotPrivileged, FailsForAPodOfHostProcessesThatAllContainersOverride) {
  Container container = hardened_pod_container(Component::api);
  container.overridden.host_process = {.value = true, .origin = at(Source::kubernetes, 3, 5)};
  expect_fail(id, container, "its pod is one of Windows host processes",
              at(Source::kubernetes, 3, 5));
  container.overridden.host_process.value = false;
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(ContainersNotPrivileged, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = hardened_service(Component::api);
  container.security.privileged.fault = unset_variable;
  expect_unknown(id, container, unset_variable, Origin{});
}

TEST(ContainersNotPrivileged, FailsForOneFactEvenIfTheOtherIsUnset) {
  Container container = hardened_pod_container(Component::api);
  container.security.privileged = {.value = true};
  container.security.host_process.fault = unset_variable;
  expect_fail(id, container, "runs privileged", Origin{});
  container.security = {.privileged = {.fault = unset_variable}, .host_process = {.value = true}};
  expect_fail(id, container, "runs as a Windows host process", Origin{});
  container.security.host_process = {.fault = unset_variable};
  expect_unknown(id, container, unset_variable, Origin{});
}

TEST(ContainersNotPrivileged, OneBadContainerAmongGoodOnesFails) {
  Container bad = hardened_service(Component::api);
  bad.security.privileged = {.value = true};
  expect_fail(id, compose_installation({hardened_service(Component::sts), bad}), "runs privileged",
              Origin{});
}

TEST(ContainersNotPrivileged, JudgesHooks) {
  Container container = hardened_service(Component::api);
  container.hooks = {{.origin = at(Source::compose, 20, 7)}};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.hooks[0].privileged = {.value = false, .origin = at(Source::compose, 21, 7)};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.hooks[0].privileged.value = true;
  expect_fail(id, container, "runs a hook privileged", at(Source::compose, 21, 7));
  container.hooks[0].privileged = {.origin = at(Source::compose, 21, 7), .fault = unset_variable};
  expect_unknown(id, container, unset_variable, at(Source::compose, 21, 7));
}

}  // namespace
}  // namespace compliance::test::not_privileged_test
