// token-issuer-https
#include <gtest/gtest.h>

#include "tests/checks/token_issuer/issuers.h"
#include "tests/support/packaged.h"

namespace compliance::test::https_test {
namespace {

constexpr auto id = "token-issuer-https";
constexpr auto outside = "https://sts.example.net";

Installation with_public_sts(std::vector<Container> containers) {
  Installation installation = compose_installation(std::move(containers));
  installation.public_components = {Component::web, Component::sts};
  return installation;
}

Finding finding_for(const std::string& issuer) {
  return result_of(id, with_public_sts({sts_naming(issuer)})).findings.front();
}

TEST(TokenIssuerHttps, DoesNotApplyInside) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::not_applicable);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::not_applicable);
}

TEST(TokenIssuerHttps, FailsForUntouchedDefaultsOfAPublicSts) {
  Installation installation = packaged_compose();
  installation.public_components = {Component::sts};
  const CheckResult result = result_of(id, installation);
  EXPECT_EQ(messages_of(result),
            (std::vector<std::string>{"ISSUER_URL is plain http", "ISSUER_URL is plain http",
                                      "STS_ISSUER_URL is plain http"}));
  EXPECT_EQ(result.findings.front().expected, "an https URL");
  EXPECT_EQ(result.findings.front().observed, "http://localhost:8080");
  EXPECT_EQ(result.findings.front().object, "service sts");
}

TEST(TokenIssuerHttps, FailsForAPublicEndpoint) {
  for (const char* endpoint : {outside, "http://203.0.113.1:8080", "https://sts.example.net."}) {
    EXPECT_EQ(summary_of(id, reached_at({sts_naming("http://sts:8080")}, endpoint)),
              "fail: ISSUER_URL is plain http [compose.yaml:10:7]")
        << endpoint;
  }
}

TEST(TokenIssuerHttps, DoesNotApplyWhereTheEndpointIsInside) {
  for (const char* endpoint : {"http://localhost:8080", "http://127.0.0.1:8080", "http://sts:8080",
                               "http://sts.caracal.svc.cluster.local.:8080", "https://10.0.0.1",
                               "http://x.localhost", "http://sts.:8080"}) {
    EXPECT_EQ(status_of(id, reached_at({sts_naming("http://sts:8080")}, endpoint)),
              Outcome::not_applicable)
        << endpoint;
  }
}

TEST(TokenIssuerHttps, LooksAtTheEndpointOfStsAlone) {
  Installation installation = compose_installation({sts_naming("http://sts:8080")});
  installation.probed.endpoints = {{.component = Component::web, .url = outside}};
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

TEST(TokenIssuerHttps, PassesForHttps) {
  for (const char* issuer : {outside, "HTTPS://sts.example.net/", "https://sts.example.net/path",
                             "https://b\xc3\xbc.net"}) {
    EXPECT_EQ(finding_for(issuer).outcome, Outcome::pass) << issuer;
  }
}

TEST(TokenIssuerHttps, FailsForOtherTexts) {
  EXPECT_EQ(finding_for("http://sts.example.net").message, "ISSUER_URL is plain http");
  EXPECT_EQ(finding_for("http://b\xc3\xbc.net").message, "ISSUER_URL is plain http");
  EXPECT_EQ(finding_for("sts.example.net").message, "ISSUER_URL is no http or https URL");
  EXPECT_EQ(finding_for("https://").message, "ISSUER_URL is a URL without host");
  EXPECT_EQ(finding_for("http://user:60303ae2@a.net").observed, "a URL with an @ in it");
}

TEST(TokenIssuerHttps, LeavesWhatIsNotSetToAnotherRow) {
  EXPECT_EQ(finding_for("").outcome, Outcome::not_applicable);
}

TEST(TokenIssuerHttps, IsUnknownWhenTheIssuerIs) {
  const CheckResult result = result_of(id, with_public_sts({unresolved_sts()}));
  EXPECT_EQ(messages_of(result), std::vector<std::string>{"X is not set"});
  EXPECT_EQ(result.findings.front().object, "service sts");
}

}  // namespace
}  // namespace compliance::test::https_test
