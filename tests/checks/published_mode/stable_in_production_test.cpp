// published-mode-stable-in-production
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::stable_in_production_test {
namespace {

constexpr auto id = "published-mode-stable-in-production";

Container api_in(const std::string& mode) {
  Container container = hardened_service(Component::api);
  set_variable(container, "CARACAL_MODE", mode);
  return container;
}

TEST(PublishedModeStableInProduction, PassesForStableAndForUnset) {
  EXPECT_EQ(status_of(id, api_in("stable")), Outcome::pass);
  EXPECT_EQ(status_of(id, hardened_service(Component::api)), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
}

TEST(PublishedModeStableInProduction, FailsLowForReleaseCandidatesInProduction) {
  const CheckResult result = result_of(id, compose_installation({api_in("rc")}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::low);
  EXPECT_EQ(result.findings.front().component, Component::api);
  EXPECT_EQ(result.findings.front().observed, "rc");
}

TEST(PublishedModeStableInProduction, LeavesOtherModesToTheCheckOfModes) {
  EXPECT_EQ(status_of(id, api_in("dev")), Outcome::not_applicable);
}

TEST(PublishedModeStableInProduction, DoesNotApplyToStaging) {
  Installation installation = compose_installation({api_in("rc")});
  installation.stage = DeploymentStage::staging;
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

TEST(PublishedModeStableInProduction, DoesNotApplyToComponentsWithoutMode) {
  Container web = hardened_service(Component::web);
  set_variable(web, "CARACAL_MODE", "rc");
  EXPECT_EQ(status_of(id, web), Outcome::not_applicable);
}

TEST(PublishedModeStableInProduction, IsUnknownWhenTheModeIs) {
  Container container = hardened_service(Component::api);
  set_unresolved_variable(container, "CARACAL_MODE");
  EXPECT_EQ(summary_of(id, container), "unknown: X is not set [compose.yaml:10:7]");
}

}  // namespace
}  // namespace compliance::test::stable_in_production_test
