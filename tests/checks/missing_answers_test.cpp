// What every check that is evaluated from probes says when it has no answer to evaluate.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/support/endpoints.h"

namespace compliance::test::missing_answers_test {
namespace {

// Checks that only probes can decide; certificates are in secret files too.
std::vector<const Check*> probing_checks() {
  std::vector<const Check*> checks;
  for (const Check* check : catalogue()) {
    if (has_any(check->evidence, Source::endpoint) &&
        !has_any(check->evidence, Source::compose | Source::kubernetes)) {
      checks.push_back(check);
    }
  }
  return checks;
}

// Every fact of an endpoint: absent, or with this fault.
template <class T>
Fact<T> fact_with(const std::optional<Fault>& fault) {
  return {.origin = fault ? at_peer() : Origin{}, .fault = fault};
}

Endpoint endpoint_with(Component component, const std::optional<Fault>& fault) {
  Endpoint endpoint = endpoint_at(component);
  endpoint.has_bearer = true;
  endpoint.zone = "zone";
  endpoint.tls.handshake = fact_with<TlsHandshake>(fault);
  endpoint.tls.offered.fill(fact_with<bool>(fault));
  endpoint.tls.weak_suite = fact_with<std::string>(fault);
  const auto answer = fact_with<HttpAnswer>(fault);
  std::fill(endpoint.service.begin(), endpoint.service.end(), answer);
  WebAnswers& web = endpoint.web;
  std::fill(web.answers.begin(), web.answers.end(), answer);
  web.grants = {{.origin = std::string{foreign_origin}, .answer = answer},
                {.origin = "null", .answer = answer},
                {.origin = std::string{development_origin}, .answer = answer}};
  web.plain_http = fact_with<PlainHttpProbe>(fault);
  web.limiter = web.limiter_forwarded = fact_with<RateLimitRun>(fault);
  web.session = SessionAnswers{.control = answer, .paths = {{.form = "..", .answer = answer}}};
  return endpoint;
}

// Everything is configured that can be probed.
Installation installation_with(const std::optional<Fault>& fault) {
  std::vector<Endpoint> endpoints;
  for (const Component component : {Component::web, Component::sts, Component::api,
                                    Component::gateway, Component::audit, Component::coordinator}) {
    endpoints.push_back(endpoint_with(component, fault));
  }
  Installation installation = with_endpoints(std::move(endpoints));
  installation.probed.exposed_ports = {
      {.address = "192.0.2.1", .port = 6379, .answer = fact_with<PortAnswer>(fault)}};
  installation.probed.redis = RedisProbe{.reply = fact_with<RedisReply>(fault)};
  installation.probed.postgres =
      PostgresProbe{.host = "db.example.net", .reply = fact_with<PostgresReply>(fault)};
  return installation;
}

class MissingAnswer : public testing::TestWithParam<const Check*> {
 protected:
  static std::vector<Finding> unknown_findings(const Installation& installation) {
    const CheckResult result = result_of(GetParam()->id, installation);
    EXPECT_EQ(name_of(result.status), name_of(Outcome::unknown));
    std::vector<Finding> findings = result.findings;
    std::erase_if(findings, [](const Finding& finding) {
      return finding.outcome == Outcome::not_applicable;  // components without such a request
    });
    EXPECT_FALSE(findings.empty());
    return findings;
  }
};

TEST_P(MissingAnswer, IsNotConfiguredWithoutAnEndpoint) {
  for (const Finding& finding : unknown_findings(with_endpoints({}))) {
    EXPECT_EQ(finding.reason, UnknownReason::not_configured);
    EXPECT_TRUE(finding.message.ends_with("configured") || finding.message.ends_with("asked"))
        << finding.message;
  }
}

TEST_P(MissingAnswer, IsNotConfiguredWhileProbesAreOff) {
  std::vector<Endpoint> endpoints = installation_with(std::nullopt).probed.endpoints;
  for (Endpoint& endpoint : endpoints) {
    endpoint.probed = false;
  }
  for (const Finding& finding : unknown_findings(with_endpoints(std::move(endpoints)))) {
    EXPECT_EQ(finding.reason, UnknownReason::not_configured);
  }
}

TEST_P(MissingAnswer, IsPendingUntilTheFirstProbe) {
  for (const Finding& finding : unknown_findings(installation_with(std::nullopt))) {
    EXPECT_EQ(finding.reason, UnknownReason::pending);
    EXPECT_EQ(finding.message, "was not asked yet");
  }
}

TEST_P(MissingAnswer, HasTheFaultOfTheProbe) {
  const Fault fault{.reason = UnknownReason::timeout, .message = "no answer in 10 s"};
  for (const Finding& finding : unknown_findings(installation_with(fault))) {
    EXPECT_EQ(finding.reason, fault.reason);
    EXPECT_EQ(finding.message, fault.message);
    EXPECT_EQ(finding.origin, at_peer());
    EXPECT_NE(finding.object, "");
  }
}

INSTANTIATE_TEST_SUITE_P(Checks, MissingAnswer, testing::ValuesIn(probing_checks()),
                         [](const auto& row) {
                           std::string name{row.param->id};
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace compliance::test::missing_answers_test
