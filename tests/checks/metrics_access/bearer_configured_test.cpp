// metrics-access-bearer-configured
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::bearer_configured_test {
namespace {

constexpr auto id = "metrics-access-bearer-configured";
constexpr auto services = {Component::sts, Component::gateway, Component::audit, Component::api,
                           Component::coordinator};

Outcome with_variables(const std::vector<std::pair<std::string, std::string>>& variables) {
  Container container = hardened_service(Component::sts);
  for (const auto& [name, value] : variables) {
    set_variable(container, name, value);
  }
  return status_of(id, container);
}

TEST(MetricsAccessBearerConfigured, PassesForThePackagedComposeFile) {
  for (const Component component : services) {
    EXPECT_EQ(status_of(id, packaged_service(component)), Outcome::pass) << name_of(component);
  }
}

TEST(MetricsAccessBearerConfigured, PassesForEachFormOfTheSetting) {
  EXPECT_EQ(with_variables({{"METRICS_BEARER_FILE", "/run/secrets/metricsBearer"}}), Outcome::pass);
  EXPECT_EQ(with_variables({{"METRICS_BEARER", "0123456789abcdef"}}), Outcome::pass);
  Container container = hardened_pod_container(Component::api);
  set_secret_reference(container, "METRICS_BEARER", "caracal-runtime", "metricsBearer");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(MetricsAccessBearerConfigured, PassesWhenAnEmptyVariableLeavesRoomForTheFile) {
  EXPECT_EQ(with_variables({{"METRICS_BEARER", ""}, {"METRICS_BEARER_FILE", "/run/x"}}),
            Outcome::pass);
}

TEST(MetricsAccessBearerConfigured, FailsForEmptyVariables) {
  EXPECT_EQ(with_variables({{"METRICS_BEARER", ""}}), Outcome::fail);
  EXPECT_EQ(with_variables({{"METRICS_BEARER", ""}, {"METRICS_BEARER_FILE", ""}}), Outcome::fail);
}

TEST(MetricsAccessBearerConfigured, FailsOnEveryComponentThatServesMetricsWithoutOne) {
  for (const Component component : services) {
    EXPECT_EQ(status_of(id, hardened_pod_container(component)), Outcome::fail)
        << name_of(component);
  }
}

TEST(MetricsAccessBearerConfigured, SaysThatTheDoorIsClosed) {
  const CheckResult result =
      result_of(id, kubernetes_installation({hardened_pod_container(Component::audit)}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::low);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.message,
            "has no bearer token for its metrics: published mode lets nobody read them");
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

TEST(MetricsAccessBearerConfigured, IsUnknownWhenTheVariableCannotBeTold) {
  Container container = hardened_service(Component::sts);
  set_unresolved_variable(container, "METRICS_BEARER_FILE");
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(result.findings.front().message, "X is not set");
  EXPECT_EQ(result.findings.front().origin, at(Source::compose, 10, 7));
}

TEST(MetricsAccessBearerConfigured, IsUnknownWhenItMayComeFromWhatIsNotSeen) {
  Container container = hardened_service(Component::sts);
  container.environment.incomplete =
      Fault{.reason = UnknownReason::unreadable, .message = "env_file x.env cannot be read"};
  for (const char* empty : {"", "METRICS_BEARER"}) {
    if (*empty != '\0') {
      set_variable(container, empty, "");
    }
    const CheckResult result = result_of(id, compose_installation({container}));
    ASSERT_EQ(result.status, Outcome::unknown);
    EXPECT_EQ(result.findings.front().reason, UnknownReason::unreadable);
    EXPECT_EQ(result.findings.front().origin, at(Source::compose, 5, 3));
  }
}

TEST(MetricsAccessBearerConfigured, IsUnknownWhenAWholeSecretIsTaken) {
  Container container = hardened_pod_container(Component::gateway);
  container.environment.secret_references = {
      {.value = "caracal-env", .origin = at(Source::kubernetes, 9, 9)}};
  const CheckResult result = result_of(id, kubernetes_installation({container}));
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.front().reason, UnknownReason::not_observable);
}

}  // namespace
}  // namespace compliance::test::bearer_configured_test
