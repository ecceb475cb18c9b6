// metrics-access-accepted-with-bearer
#include <gtest/gtest.h>

#include "tests/checks/metrics_access/metrics_texts.h"

namespace compliance::test::accepted_with_bearer_test {
namespace {

constexpr auto id = "metrics-access-accepted-with-bearer";

Endpoint service_answering(Fact<HttpAnswer> metrics, Component component = Component::sts) {
  Endpoint endpoint = endpoint_at(component);
  endpoint.has_bearer = true;
  endpoint.service[ServiceRequest::metrics_with_bearer] = std::move(metrics);
  return endpoint;
}

Finding evaluated(int status, const std::string& body) {
  return only_finding(result_of(id, with_endpoints({service_answering(answering(status, body))})));
}

TEST(MetricsAccessAcceptedWithBearer, PassesForMetrics) {
  const Finding finding = evaluated(200, metrics_text);
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.object, "endpoint sts");
}

TEST(MetricsAccessAcceptedWithBearer, FailsForARefusedBearer) {
  for (const int status : {401, 403}) {
    const Finding finding = evaluated(status, "unauthorized\n");
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.severity, Severity::low);
    EXPECT_EQ(finding.message, "rejects the configured bearer");
    EXPECT_EQ(finding.expected, "metrics");
    EXPECT_EQ(finding.observed, "status " + std::to_string(status));
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(MetricsAccessAcceptedWithBearer, IsUnknownForOtherAnswers) {
  for (const int status : {200, 302, 404, 429, 500}) {
    const Finding finding = evaluated(status, page_text);
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response) << status;
    EXPECT_EQ(finding.message.find("answers /metrics with the bearer with status "), 0U);
    EXPECT_EQ(finding.origin, at_peer());
  }
  EXPECT_EQ(evaluated(500, metrics_text).outcome, Outcome::unknown);
}

TEST(MetricsAccessAcceptedWithBearer, DoesNotApplyToTheCoordinator) {
  for (const Fact<HttpAnswer>& answer : {answering(403), answering(200, metrics_text)}) {
    EXPECT_EQ(status_of(id, with_endpoints({service_answering(answer, Component::coordinator)})),
              Outcome::not_applicable);
  }
}

Installation beside(std::vector<Container> containers) {
  Installation installation = compose_installation(std::move(containers));
  installation.configured = Source::compose | Source::endpoint;
  installation.probed.endpoints = {service_answering(answering(401), Component::api)};
  return installation;
}

TEST(MetricsAccessAcceptedWithBearer, LeavesAMissingBearerToAnotherCheck) {
  const Container without = hardened_service(Component::api);
  const Container with = with_settings(without, {{"METRICS_BEARER_FILE", "/run/secrets/m"}});
  Container init = with;
  init.role = ContainerRole::init;
  EXPECT_EQ(status_of(id, beside({without})), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, beside({without, init})), Outcome::not_applicable);
  expect_fail(id, beside({with}), "rejects the configured bearer", at_peer());
  expect_fail(id, beside({with, without}), "rejects the configured bearer", at_peer());
  expect_fail(id, beside({without, with}), "rejects the configured bearer", at_peer());
  expect_fail(id, beside({with_unseen_variables(without)}), "rejects the configured bearer",
              at_peer());
  expect_fail(id, beside({hardened_service(Component::sts)}), "rejects the configured bearer",
              at_peer());
  init.role = ContainerRole::init;
  expect_fail(id, beside({init}), "rejects the configured bearer", at_peer());
}

TEST(MetricsAccessAcceptedWithBearer, IsUnknownWithoutABearer) {
  Endpoint endpoint = service_answering({});
  endpoint.has_bearer = false;
  const Finding finding = only_finding(result_of(id, with_endpoints({endpoint})));
  EXPECT_EQ(finding.reason, UnknownReason::not_configured);
  EXPECT_EQ(finding.message, "no bearer for metrics is configured");
  EXPECT_EQ(finding.origin, at_configuration());
}

}  // namespace
}  // namespace compliance::test::accepted_with_bearer_test
