// containers-security-modules
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::security_modules_test {
namespace {

constexpr auto id = "containers-security-modules";

TEST(ContainersSecurityModules, PassesWhenNothingIsSaid) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersSecurityModules, EachChangeIsAFindingOfItsOwn) {
  Container container = hardened_service(Component::api);
  container.security.app_armor = {.value = "unconfined", .origin = at(Source::compose, 9, 7)};
  container.security.selinux = {{.value = {.name = "disable"}, .origin = at(Source::compose, 10)}};
  container.security.sysctls = {
      {.value = {.name = "kernel.msgmax", .value = "1"}, .origin = at(Source::compose, 11)}};
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.status, Outcome::fail);
  ASSERT_EQ(result.findings.size(), 3U);
  EXPECT_EQ(result.findings[0].message, "is not confined by AppArmor");
  EXPECT_EQ(result.findings[0].expected, "the runtime's profile or one of the node");
  EXPECT_EQ(result.findings[0].origin, at(Source::compose, 9, 7));
  EXPECT_EQ(result.findings[1].origin, at(Source::compose, 10));
  EXPECT_EQ(result.findings[2].observed, "kernel.msgmax");
}

TEST(ContainersSecurityModules, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = hardened_service(Component::api);
  container.security.app_armor = {
      .origin = at(Source::compose, 9, 7),
      .fault = Fault{.reason = UnknownReason::unresolved_reference, .message = "X is not set"}};
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().message, "X is not set");
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 9, 7));
}

}  // namespace
}  // namespace compliance::test::security_modules_test
