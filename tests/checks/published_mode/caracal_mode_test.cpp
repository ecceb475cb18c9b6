// published-mode-caracal-mode
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::caracal_mode_test {
namespace {

constexpr auto id = "published-mode-caracal-mode";

Container sts_in(const std::string& mode) {
  Container container = hardened_service(Component::sts);
  set_variable(container, "CARACAL_MODE", mode);
  return container;
}

Container web_in(const std::string& node_env) {
  Container container = hardened_service(Component::web);
  set_variable(container, "NODE_ENV", node_env);
  return container;
}

TEST(PublishedModeCaracalMode, PassesForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(PublishedModeCaracalMode, PassesWhenItIsNotSetBecauseTheProductTakesStable) {
  for (const Component component : {Component::sts, Component::api, Component::gateway,
                                    Component::audit, Component::coordinator, Component::web}) {
    EXPECT_EQ(status_of(id, hardened_service(component)), Outcome::pass) << name_of(component);
  }
}

TEST(PublishedModeCaracalMode, PassesForEverySpellingThatTheProductTakesAsPublished) {
  for (const char* mode : {"", "  ", "stable", "rc", "Stable", " RC\n"}) {
    EXPECT_EQ(status_of(id, sts_in(mode)), Outcome::pass) << mode;
  }
}

TEST(PublishedModeCaracalMode, FailsForEverythingElseAndShowsKnownWordsOnly) {
  const std::vector<std::pair<std::string, std::string>> cases{{"dev", "dev"},
                                                               {" DEV ", "dev"},
                                                               {"development", "development"},
                                                               {"test", "test"},
                                                               {"local", "local"},
                                                               {"production", "production"},
                                                               {"prod", "prod"},
                                                               {"staging", "staging"},
                                                               {"debug", "debug"},
                                                               {"r c", "another value"},
                                                               {"Hunter2Hunter2", "another value"}};
  for (const auto& [mode, shown] : cases) {
    const CheckResult result = result_of(id, compose_installation({sts_in(mode)}));
    ASSERT_EQ(result.status, Outcome::fail) << mode;
    EXPECT_EQ(result.findings.front().observed, shown);
    EXPECT_EQ(result.findings.front().origin, at(Source::compose, 10, 7));
  }
}

TEST(PublishedModeCaracalMode, EachServiceIsJudgedByItsOwnVariable) {
  EXPECT_EQ(summary_of(id, compose_installation({sts_in("stable"), sts_in("dev")})),
            "fail: CARACAL_MODE is not a published mode [compose.yaml:10:7]");
}

TEST(PublishedModeCaracalMode, WebIsJudgedByNodeEnv) {
  EXPECT_EQ(status_of(id, web_in("production")), Outcome::pass);
  EXPECT_EQ(status_of(id, web_in("Production")), Outcome::pass);
  EXPECT_EQ(summary_of(id, web_in("development")),
            "fail: NODE_ENV is not production [compose.yaml:10:7]");
  EXPECT_EQ(summary_of(id, web_in("stable")),
            "fail: NODE_ENV is not production [compose.yaml:10:7]");
  EXPECT_EQ(summary_of(id, web_in("")), "fail: NODE_ENV is not production [compose.yaml:10:7]");
  Container web = web_in("production");
  set_variable(web, "CARACAL_MODE", "dev");
  EXPECT_EQ(status_of(id, web), Outcome::pass);
}

TEST(PublishedModeCaracalMode, IsUnknownWhenTheValueCannotBeSeen) {
  Container unresolved = hardened_service(Component::api);
  set_unresolved_variable(unresolved, "CARACAL_MODE");
  EXPECT_EQ(status_of(id, unresolved), Outcome::unknown);
  Container web = hardened_service(Component::web);
  set_unresolved_variable(web, "NODE_ENV");
  EXPECT_EQ(status_of(id, web), Outcome::unknown);
  Container incomplete = hardened_pod_container(Component::api);
  incomplete.environment.incomplete =
      Fault{.reason = UnknownReason::missing_object, .message = "ConfigMap x is not there"};
  const CheckResult result = result_of(id, kubernetes_installation({incomplete}));
  EXPECT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::missing_object});
}

TEST(PublishedModeCaracalMode, IsUnknownWhenTheModeComesFromASecret) {
  Container container = hardened_pod_container(Component::api);
  set_secret_reference(container, "CARACAL_MODE", "settings", "mode");
  const CheckResult result = result_of(id, kubernetes_installation({container}));
  EXPECT_EQ(
      summary_of(result),
      "unknown: CARACAL_MODE comes from a Secret: its value is not visible [compose.yaml:10:7]");
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::not_observable});
}

TEST(PublishedModeCaracalMode, DoesNotApplyToOtherComponents) {
  for (const Component component : {Component::postgres, Component::migrate, Component::other}) {
    Container container = hardened_service(component);
    set_variable(container, "CARACAL_MODE", "dev");
    EXPECT_EQ(status_of(id, container), Outcome::not_applicable) << name_of(component);
  }
}

}  // namespace
}  // namespace compliance::test::caracal_mode_test
