// metrics-access-bearer-configured
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::bearer_configured_test {
namespace {

constexpr auto id = "metrics-access-bearer-configured";
constexpr auto services = {Component::sts, Component::gateway, Component::audit, Component::api,
                           Component::coordinator};

CheckResult with_variables(const std::vector<std::pair<std::string, std::string>>& variables) {
  Container container = hardened_service(Component::sts);
  for (const auto& [name, value] : variables) {
    set_variable(container, name, value);
  }
  return result_of(id, container);
}

TEST(MetricsAccessBearerConfigured, PassesForThePackagedComposeFile) {
  for (const Component component : services) {
    EXPECT_EQ(status_of(id, packaged_service(component)), Outcome::pass) << name_of(component);
  }
}

TEST(MetricsAccessBearerConfigured, PassesForEachFormOfTheSetting) {
  EXPECT_EQ(with_variables({{"METRICS_BEARER_FILE", "/run/secrets/metricsBearer"}}).status,
            Outcome::pass);
  EXPECT_EQ(with_variables({{"METRICS_BEARER", "0123456789abcdef"}}).status, Outcome::pass);
  Container container = hardened_pod_container(Component::api);
  set_secret_reference(container, "METRICS_BEARER", "caracal-runtime", "metricsBearer");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(MetricsAccessBearerConfigured, PassesWhenAnEmptyVariableLeavesRoomForTheFile) {
  EXPECT_EQ(with_variables({{"METRICS_BEARER", ""}, {"METRICS_BEARER_FILE", "/run/x"}}).status,
            Outcome::pass);
}

TEST(MetricsAccessBearerConfigured, FailsForEmptyVariables) {
  expect_fail(with_variables({{"METRICS_BEARER", ""}}),
              "has no bearer token for its metrics: published mode rejects every scrape",
              at(Source::compose, 5, 3));
  expect_fail(with_variables({{"METRICS_BEARER", ""}, {"METRICS_BEARER_FILE", ""}}),
              "has no bearer token for its metrics: published mode rejects every scrape",
              at(Source::compose, 5, 3));
}

TEST(MetricsAccessBearerConfigured, FailsOnEveryComponentThatServesMetricsWithoutOne) {
  for (const Component component : services) {
    SCOPED_TRACE(name_of(component));
    expect_fail(id, hardened_pod_container(component),
                "has no bearer token for its metrics: published mode rejects every scrape",
                at(Source::kubernetes, 5, 3));
  }
}

TEST(MetricsAccessBearerConfigured, ShowsTheMissingVariable) {
  const CheckResult result =
      result_of(id, kubernetes_installation({hardened_pod_container(Component::audit)}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::low);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message,
            "has no bearer token for its metrics: published mode rejects every scrape");
  EXPECT_EQ(finding.expected, "METRICS_BEARER_FILE");
  EXPECT_EQ(finding.observed, "not set");
  EXPECT_EQ(finding.component, Component::audit);
  EXPECT_EQ(finding.origin, at(Source::kubernetes, 5, 3));
}

TEST(MetricsAccessBearerConfigured, DoesNotApplyToWhatServesNone) {
  for (const Component component :
       {Component::web, Component::postgres, Component::redis, Component::migrate,
        Component::auth_migrate, Component::replay_init, Component::edge, Component::other}) {
    EXPECT_EQ(status_of(id, hardened_service(component)), Outcome::not_applicable)
        << name_of(component);
  }
}

TEST(MetricsAccessBearerConfigured, DoesNotApplyToInitContainers) {
  Container container = hardened_pod_container(Component::sts);
  container.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
}

TEST(MetricsAccessBearerConfigured, IsUnknownWhenAnUnsetVariableDecides) {
  Container container = hardened_service(Component::sts);
  set_unresolved_variable(container, "METRICS_BEARER_FILE");
  expect_unknown(id, container,
                 {.reason = UnknownReason::unresolved_reference, .message = "X is not set"},
                 at(Source::compose, 10, 7));
}

TEST(MetricsAccessBearerConfigured, IsUnknownWhenAnUnreadableFileMaySetIt) {
  Container container = hardened_service(Component::sts);
  container.environment.incomplete =
      Fault{.reason = UnknownReason::unreadable, .message = "env_file x.env cannot be read"};
  for (const char* empty : {"", "METRICS_BEARER"}) {
    if (*empty != '\0') {
      set_variable(container, empty, "");
    }
    expect_unknown(
        id, container,
        {.reason = UnknownReason::unreadable, .message = "env_file x.env cannot be read"},
        at(Source::compose, 5, 3));
  }
}

TEST(MetricsAccessBearerConfigured, IsUnknownWhenAWholeSecretIsTaken) {
  Container container = hardened_pod_container(Component::gateway);
  container.environment.secret_references = {
      {.value = "caracal-env", .origin = at(Source::kubernetes, 9, 9)}};
  expect_unknown(
      id, container,
      {.reason = UnknownReason::not_observable,
       .message = "envFrom takes the whole Secret caracal-env: any variable may come from it"},
      at(Source::kubernetes, 5, 3));
}

}  // namespace
}  // namespace compliance::test::bearer_configured_test
