// containers-not-privileged
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::not_privileged_test {
namespace {

constexpr auto id = "containers-not-privileged";

TEST(ContainersNotPrivileged, PassesWhenNothingIsSaid) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
}

TEST(ContainersNotPrivileged, PassesWhenPrivilegedIsFalse) {
  Container container = hardened_pod_container(Component::api);
  container.security.privileged = {.value = false};
  container.security.host_process = {.value = false};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(ContainersNotPrivileged, FailsWhereTheFileSaysPrivileged) {
  Container container = hardened_service(Component::other);
  container.security.privileged = {.value = true, .origin = at(Source::compose, 12, 17)};
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 12, 17));
  EXPECT_EQ(result.findings.front().component, Component::other);
  EXPECT_EQ(result.findings.front().object, "service other");
}

TEST(ContainersNotPrivileged, FailsForWindowsHostProcesses) {
  Container container = hardened_pod_container(Component::api);
  container.security.host_process = {.value = true};
  EXPECT_EQ(status_of(id, container), Outcome::fail);
}

TEST(ContainersNotPrivileged, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = hardened_service(Component::api);
  container.security.privileged.fault =
      Fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  const CheckResult result = result_of(id, compose_installation({container}));
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::unresolved_reference});
}

TEST(ContainersNotPrivileged, FailsForOneFactWhateverTheOtherMayBe) {
  const Fault unset{.reason = UnknownReason::unresolved_reference, .message = "X is not set"};
  Container container = hardened_pod_container(Component::api);
  container.security.privileged = {.value = true};
  container.security.host_process.fault = unset;
  EXPECT_EQ(status_of(id, container), Outcome::fail);
  container.security = {.privileged = {.fault = unset}, .host_process = {.value = true}};
  EXPECT_EQ(status_of(id, container), Outcome::fail);
  container.security.host_process = {.fault = unset};
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
}

TEST(ContainersNotPrivileged, OneBadContainerAmongGoodOnesFails) {
  Container bad = hardened_service(Component::api);
  bad.security.privileged = {.value = true};
  EXPECT_EQ(status_of(id, compose_installation({hardened_service(Component::sts), bad})),
            Outcome::fail);
}

}  // namespace
}  // namespace compliance::test::not_privileged_test
