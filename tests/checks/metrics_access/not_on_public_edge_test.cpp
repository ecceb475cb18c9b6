// metrics-access-not-on-public-edge
#include <gtest/gtest.h>

#include "tests/checks/metrics_access/metrics_texts.h"

namespace compliance::test::not_on_public_edge_test {
namespace {

constexpr auto id = "metrics-access-not-on-public-edge";

Endpoint console_answering(Fact<HttpAnswer> metrics) {
  Endpoint endpoint = endpoint_at(Component::web);
  endpoint.web.answers[ConsoleRequest::metrics] = std::move(metrics);
  return endpoint;
}

Finding evaluated(int status, const std::string& body) {
  return only_finding(result_of(id, with_endpoints({console_answering(answering(status, body))})));
}

TEST(MetricsAccessNotOnPublicEdge, PassesForThePageOfTheConsole) {
  const Finding finding = evaluated(200, page_text);
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.object, "endpoint web");
}

TEST(MetricsAccessNotOnPublicEdge, PassesForOtherAnswersWithoutMetrics) {
  for (const int status : {204, 301, 302, 401, 403, 404, 428, 430, 499}) {
    EXPECT_EQ(evaluated(status, R"({"error":"not_found"})").outcome, Outcome::pass) << status;
  }
}

TEST(MetricsAccessNotOnPublicEdge, FailsForMetricsWithAnyStatus) {
  for (const int status : {200, 404, 503}) {
    const Finding finding = evaluated(status, metrics_text);
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.severity, Severity::high);
    EXPECT_EQ(finding.message, "shows metrics to everyone");
    EXPECT_EQ(finding.expected, "the console's page");
    EXPECT_EQ(finding.observed, "metrics, with status " + std::to_string(status));
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(MetricsAccessNotOnPublicEdge, IsUnknownDuringAnOutage) {
  for (const int status : {429, 500, 502, 503}) {
    const Finding finding = evaluated(status, page_text);
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response) << status;
    EXPECT_EQ(finding.message.find("answers /metrics with status "), 0U);
    EXPECT_EQ(finding.origin, at_peer());
  }
}

}  // namespace
}  // namespace compliance::test::not_on_public_edge_test
