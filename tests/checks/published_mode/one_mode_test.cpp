// published-mode-one-mode
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::one_mode_test {
namespace {

constexpr auto id = "published-mode-one-mode";

Container service_in(Component component, const std::string& mode) {
  Container container = hardened_service(component);
  set_variable(container, "CARACAL_MODE", mode);
  return container;
}

TEST(PublishedModeOneMode, PassesWhenAllServicesAgree) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, compose_installation({service_in(Component::sts, "dev"),
                                                service_in(Component::api, " DEV")})),
            Outcome::pass);
}

TEST(PublishedModeOneMode, TakesUnsetForStable) {
  EXPECT_EQ(status_of(id, compose_installation({service_in(Component::sts, "stable"),
                                                hardened_service(Component::api)})),
            Outcome::pass);
}

TEST(PublishedModeOneMode, FailsAtTheServiceThatDiffersFromMost) {
  const CheckResult result = result_of(
      id, compose_installation({service_in(Component::sts, "rc"), service_in(Component::api, "rc"),
                                service_in(Component::audit, "stable")}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.at(0).component, Component::audit);
  EXPECT_EQ(result.findings.at(0).expected, "rc");
  EXPECT_EQ(result.findings.at(0).observed, "stable");
  EXPECT_EQ(result.findings.at(1).outcome, Outcome::pass);
}

TEST(PublishedModeOneMode, OfTwoThePublishedOneIsExpected) {
  const CheckResult result =
      result_of(id, compose_installation(
                        {service_in(Component::sts, "stable"), service_in(Component::api, "dev")}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().component, Component::api);
}

TEST(PublishedModeOneMode, NeverShowsAModeThatIsNoKnownWord) {
  const CheckResult result =
      result_of(id, compose_installation({service_in(Component::sts, "hunter2"),
                                          service_in(Component::api, "hunter3")}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().observed, "another value");
  EXPECT_EQ(result.findings.front().expected, "another value");
}

TEST(PublishedModeOneMode, IsUnknownForAModeThatCannotBeSeenAndDoesNotCountIt) {
  Container hidden = hardened_service(Component::gateway);
  set_unresolved_variable(hidden, "CARACAL_MODE");
  const CheckResult result =
      result_of(id, compose_installation({hidden, hidden, service_in(Component::sts, "rc")}));
  EXPECT_EQ(summary_of(result), "unknown: X is not set [compose.yaml:10:7]");
  EXPECT_EQ(result.findings.back().outcome, Outcome::pass);
}

TEST(PublishedModeOneMode, DoesNotLookAtComponentsWithoutMode) {
  Container web = service_in(Component::web, "dev");
  EXPECT_EQ(status_of(id, compose_installation({service_in(Component::sts, "stable"), web})),
            Outcome::pass);
  EXPECT_EQ(status_of(id, web), Outcome::not_applicable);
}

}  // namespace
}  // namespace compliance::test::one_mode_test
