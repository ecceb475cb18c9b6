// metrics-access-denied-without-bearer
#include <gtest/gtest.h>

#include "tests/checks/metrics_access/metrics_texts.h"

namespace compliance::test::denied_without_bearer_test {
namespace {

constexpr auto id = "metrics-access-denied-without-bearer";

Endpoint service_answering(Fact<HttpAnswer> metrics, Component component = Component::sts) {
  Endpoint endpoint = endpoint_at(component);
  endpoint.service[ServiceRequest::metrics] = std::move(metrics);
  return endpoint;
}

Finding evaluated(int status, const std::string& body) {
  return only_finding(result_of(id, with_endpoints({service_answering(answering(status, body))})));
}

TEST(MetricsAccessDeniedWithoutBearer, PassesForRefusalsAsTheProductMakesThem) {
  for (const auto& [component, body] : std::vector<std::pair<Component, std::string>>{
           {Component::sts, "unauthorized\n"},
           {Component::gateway, "unauthorized\n"},
           {Component::audit, "unauthorized\n"},
           {Component::api, R"({"error":"unauthorized"})"},
           {Component::coordinator, R"({"error":"missing_token"})"}}) {
    const Finding finding = only_finding(
        result_of(id, with_endpoints({service_answering(answering(401, body), component)})));
    EXPECT_EQ(finding.outcome, Outcome::pass);
    EXPECT_EQ(finding.component, component);
  }
  EXPECT_EQ(evaluated(403, "").outcome, Outcome::pass);
  EXPECT_EQ(evaluated(404, "404 page not found\n").outcome, Outcome::pass);
}

TEST(MetricsAccessDeniedWithoutBearer, FailsForMetricsWithAnyStatus) {
  for (const int status : {200, 401, 500}) {
    const Finding finding = evaluated(status, metrics_text);
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.severity, Severity::critical);
    EXPECT_EQ(finding.message, "shows its metrics without the bearer");
    EXPECT_EQ(finding.expected, "status 401");
    EXPECT_EQ(finding.observed, "metrics, with status " + std::to_string(status));
    EXPECT_EQ(finding.object, "endpoint sts");
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(MetricsAccessDeniedWithoutBearer, IsUnknownForOtherAnswers) {
  for (const int status : {200, 204, 302, 400, 402, 405, 429, 500, 503}) {
    const Finding finding = evaluated(status, page_text);
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response) << status;
    EXPECT_EQ(finding.message,
              "answers /metrics with status " + std::to_string(status) + ", which shows neither");
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(MetricsAccessDeniedWithoutBearer, EvaluatesEveryServiceAndNotTheConsole) {
  Endpoint web = service_answering(answering(200, metrics_text), Component::web);
  const CheckResult result = result_of(
      id, with_endpoints({web, service_answering(answering(401)),
                          service_answering(answering(200, metrics_text), Component::audit)}));
  EXPECT_EQ(result.findings.size(), 2U);
  EXPECT_EQ(result.findings.front().object, "endpoint audit");
}

}  // namespace
}  // namespace compliance::test::denied_without_bearer_test
