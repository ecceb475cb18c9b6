// containers-no-new-privileges
#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::no_new_privileges_test {
namespace {

constexpr auto id = "containers-no-new-privileges";

CheckResult result_with(Container container, std::optional<bool> value) {
  container.security.no_new_privileges = {.value = value, .origin = at(Source::compose, 9, 7)};
  return result_of(id, container.platform == Platform::compose
                           ? compose_installation({container})
                           : kubernetes_installation({container}));
}

TEST(ContainersNoNewPrivileges, PassesWhenSet) {
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
  EXPECT_EQ(status_of(id, hardened_pod_container(Component::api)), Outcome::pass);
}

TEST(ContainersNoNewPrivileges, FailsWhenAServiceSetsItToFalse) {
  const Finding finding =
      expect_fail(result_with(hardened_service(Component::api), false),
                  "its processes can gain new privileges", at(Source::compose, 9, 7));
  EXPECT_EQ(finding.expected, "no-new-privileges:true in security_opt");
  EXPECT_EQ(finding.observed, "false");
}

TEST(ContainersNoNewPrivileges, FailsWhenAServiceDoesNotSetIt) {
  const Finding finding =
      expect_fail(result_with(hardened_service(Component::api), std::nullopt),
                  "its processes can gain new privileges", at(Source::compose, 9, 7));
  EXPECT_EQ(finding.observed, "not set");
}

TEST(ContainersNoNewPrivileges, FailsWhenAPodContainerAllowsEscalation) {
  const Finding finding =
      expect_fail(result_with(hardened_pod_container(Component::api), false),
                  "its processes can gain new privileges", at(Source::compose, 9, 7));
  EXPECT_EQ(finding.expected, "allowPrivilegeEscalation: false");
  EXPECT_EQ(finding.observed, "true");
}

TEST(ContainersNoNewPrivileges, FailsWhenAPodContainerDoesNotSetIt) {
  const Finding finding =
      expect_fail(result_with(hardened_pod_container(Component::api), std::nullopt),
                  "its processes can gain new privileges", at(Source::compose, 9, 7));
  EXPECT_EQ(finding.observed, "not set, which allows it");
}

TEST(ContainersNoNewPrivileges, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = hardened_service(Component::api);
  container.security.no_new_privileges = {.fault = unset_variable};
  expect_unknown(id, container, unset_variable, Origin{});
}

TEST(ContainersNoNewPrivileges, DoesNotApplyToWindowsPods) {
  Container container = hardened_pod_container(Component::api);
  container.windows = true;
  container.security.no_new_privileges = {};
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::no_new_privileges_test
