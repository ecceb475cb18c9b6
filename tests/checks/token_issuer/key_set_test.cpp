// token-issuer-key-set
#include <gtest/gtest.h>

#include "tests/checks/token_issuer/issuers.h"
#include "tests/support/endpoints.h"

namespace compliance::test::key_set_test {
namespace {

constexpr auto id = "token-issuer-key-set";
constexpr auto origin = "https://sts.example.net";
constexpr auto zone_missing = R"({"error":"invalid_token","error_description":"zone_id required"})";
constexpr auto keys = R"({"keys":[{"kty":"EC","kid":"60303ae2"}]})";

Endpoint sts_answering(Fact<HttpAnswer> key_set, const std::string& zone = "") {
  Endpoint endpoint = endpoint_at(Component::sts, origin);
  endpoint.zone = zone;
  endpoint.service[ServiceRequest::key_set] = std::move(key_set);
  return endpoint;
}

Finding judged(int status, const std::string& body, const std::string& zone = "") {
  return only_finding(
      result_of(id, with_endpoints({sts_answering(answering(status, body), zone)})));
}

TEST(TokenIssuerKeySet, PassesForTheQuestionAboutTheZone) {
  const Finding finding = judged(400, zone_missing);
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.object, "endpoint sts");
  EXPECT_EQ(judged(400,
                   " {\"error_description\" : \"zone_id required\",\n\"error\":"
                   "\"invalid_token\", \"requestId\":\"7\"}")
                .outcome,
            Outcome::pass);
}

TEST(TokenIssuerKeySet, PassesForTheKeysOfAZone) {
  EXPECT_EQ(judged(200, keys, "7").outcome, Outcome::pass);
  EXPECT_EQ(judged(200, R"({"keys":[]})", "7").outcome, Outcome::pass);
}

TEST(TokenIssuerKeySet, FailsForAPage) {
  for (const char* zone : {"", "7"}) {
    Endpoint endpoint = sts_answering(
        answering(200, "<html></html>", {{"content-type", "text/html; charset=utf-8"}}), zone);
    const Finding finding = only_finding(result_of(id, with_endpoints({endpoint})));
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.message, "serves no keys of sts");
    EXPECT_EQ(finding.observed, "status 200, a page");
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(TokenIssuerKeySet, FailsForErrorsAndOtherTexts) {
  for (const auto& [status, body] : std::vector<std::pair<int, std::string>>{
           {400, ""},
           {400, R"({"error":"invalid_token"})"},
           {400, R"({"error_description":"zone_id required"})"},
           {400, keys},
           {401, zone_missing},
           {200, zone_missing},
           {200, ""},
           {200, R"({"keys":{}})"},
           {200, R"({"jwks":[]})"},
           {403, ""},
           {404, R"({"error":"resource_not_found"})"},
           {500, ""},
           {502, "bad gateway"}}) {
    const Finding finding = judged(status, body);
    EXPECT_EQ(summary_of(finding), "fail: serves no keys of sts [https://peer.example.net]")
        << status << body;
    EXPECT_EQ(finding.expected, "status 400 with JSON that asks for a zone");
    EXPECT_EQ(finding.observed, "status " + std::to_string(status) + ", another answer");
  }
}

TEST(TokenIssuerKeySet, FailsForAZoneWithoutKeys) {
  for (const auto& [status, body] :
       std::vector<std::pair<int, std::string>>{{400, zone_missing},
                                                {404, R"({"error":"resource_not_found"})"},
                                                {404, keys},
                                                {200, "{}"}}) {
    const Finding finding = judged(status, body, "7");
    EXPECT_EQ(summary_of(finding), "fail: serves no keys of sts [https://peer.example.net]")
        << status << body;
    EXPECT_EQ(finding.expected, "status 200 with keys");
  }
}

TEST(TokenIssuerKeySet, IsUnknownForAnswersThatShowNeither) {
  EXPECT_EQ(judged(200, keys).reason, UnknownReason::unexpected_response);
  for (const int status : {301, 302, 308, 429}) {
    const Finding finding = judged(status, zone_missing, "7");
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response) << status;
    EXPECT_EQ(finding.message.find("answers /.well-known/jwks.json with status "), 0U);
    EXPECT_EQ(finding.origin, at_peer());
  }
}

CheckResult issued_by(std::vector<Container> containers) {
  Installation installation = compose_installation(std::move(containers));
  installation.configured = Source::compose | Source::endpoint;
  installation.probed.endpoints = {sts_answering(answering(500))};
  return result_of(id, installation);
}

TEST(TokenIssuerKeySet, IsJudgedWhereTheIssuerHasThatOrigin) {
  for (const char* issuer : {origin, "https://STS.example.net:443/", "https://sts.example.net/x"}) {
    EXPECT_EQ(summary_of(issued_by({sts_naming(issuer)})),
              "fail: serves no keys of sts [https://peer.example.net]")
        << issuer;
  }
  EXPECT_EQ(summary_of(issued_by({sts_naming("http://sts:8080"), coordinator_naming(origin)})),
            "fail: serves no keys of sts [https://peer.example.net]");
}

TEST(TokenIssuerKeySet, IsNotObservableWhereTheIssuerIsElsewhere) {
  for (const char* issuer : {"http://localhost:8080", "https://sts.example.net:8443",
                             "http://sts.example.net", "sts.example.net", "https://"}) {
    const Finding finding = only_finding(issued_by({sts_naming(issuer)}));
    EXPECT_EQ(finding.reason, UnknownReason::not_observable) << issuer;
    EXPECT_EQ(finding.message, "is not the issuer's origin, so its keys prove nothing");
    EXPECT_EQ(finding.object, "endpoint sts");
    EXPECT_EQ(finding.origin, at_configuration());
  }
}

TEST(TokenIssuerKeySet, IsJudgedByTheEndpointWhereNoIssuerIsKnown) {
  EXPECT_EQ(summary_of(issued_by({})), "fail: serves no keys of sts [https://peer.example.net]");
  EXPECT_EQ(summary_of(issued_by({sts_naming("")})),
            "fail: serves no keys of sts [https://peer.example.net]");
  EXPECT_EQ(summary_of(issued_by({unresolved_sts()})),
            "fail: serves no keys of sts [https://peer.example.net]");
  EXPECT_EQ(only_finding(issued_by({unresolved_sts(), coordinator_naming("https://b")})).reason,
            UnknownReason::not_observable);
}

TEST(TokenIssuerKeySet, IsUnknownWithoutAnAnswer) {
  expect_unknown_without_answer(id, endpoint_at(Component::sts),
                                sts_answering(unseen<HttpAnswer>()));
}

}  // namespace
}  // namespace compliance::test::key_set_test
