// gateway-upstreams-fails-closed
#include <gtest/gtest.h>

#include "tests/support/endpoints.h"

namespace compliance::test::fails_closed_test {
namespace {

constexpr auto id = "gateway-upstreams-fails-closed";
constexpr auto stale =
    R"({"error":"sts_unavailable","error_description":"revocation state unavailable"})";

Endpoint gateway_answering(Fact<HttpAnswer> anonymous) {
  Endpoint endpoint = endpoint_at(Component::gateway);
  endpoint.service[ServiceRequest::random_path] = std::move(anonymous);
  return endpoint;
}

Finding judged(int status, const std::string& body = "", std::vector<HttpHeader> headers = {}) {
  return only_finding(result_of(
      id, with_endpoints({gateway_answering(answering(status, body, std::move(headers)))})));
}

TEST(GatewayUpstreamsFailsClosed, PassesForARefusal) {
  const Finding finding =
      judged(401, R"({"error":"invalid_token","error_description":"missing bearer token"})");
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.message, "");
  EXPECT_EQ(finding.object, "endpoint gateway");
  EXPECT_EQ(judged(401, "<html>").outcome, Outcome::pass);
}

TEST(GatewayUpstreamsFailsClosed, PassesWithANoteForAStaleGateway) {
  const Finding finding = judged(503, stale);
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.message, "refuses everything, since it does not know which tokens are revoked");
  EXPECT_EQ(finding.origin, at_peer());
}

TEST(GatewayUpstreamsFailsClosed, FailsForAnythingThatIsLetThrough) {
  for (const int status : {200, 201, 204, 206, 300, 301, 302, 304, 307}) {
    const Finding finding = judged(status, stale);
    EXPECT_EQ(finding.outcome, Outcome::fail) << status;
    EXPECT_EQ(finding.severity, Severity::critical);
    EXPECT_EQ(finding.message, "lets a request without credentials through");
    EXPECT_EQ(finding.expected, "status 401, or 503 of the Gateway");
    EXPECT_EQ(finding.observed, "status " + std::to_string(status));
    EXPECT_EQ(finding.origin, at_peer());
  }
  for (const char* location : {"/", "/app/", "https://upstream.example.net/", "/authors"}) {
    EXPECT_EQ(judged(302, "", {{"location", location}}).outcome, Outcome::fail) << location;
  }
}

TEST(GatewayUpstreamsFailsClosed, IsUnknownForARedirectToASignIn) {
  for (const char* location : {"https://login.example.net/?to=x", "/oauth2/start", "/login"}) {
    const Finding finding = judged(302, "", {{"location", location}});
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response) << location;
  }
  EXPECT_EQ(judged(302, "", {{"location", "/"}, {"location", "/login"}}).outcome, Outcome::unknown);
  EXPECT_EQ(judged(200, "", {{"location", "/login"}}).outcome, Outcome::fail);
}

TEST(GatewayUpstreamsFailsClosed, IsUnknownForOtherAnswers) {
  for (const int status : {400, 403, 404, 429, 500, 502, 503, 504}) {
    const Finding finding = judged(status, R"({"error":"unavailable"})");
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response) << status;
    EXPECT_EQ(finding.message, "answers a request without credentials with status " +
                                   std::to_string(status) + ", which shows neither");
    EXPECT_EQ(finding.origin, at_peer());
  }
  EXPECT_EQ(judged(502, stale).outcome, Outcome::unknown);
}

TEST(GatewayUpstreamsFailsClosed, IsUnknownWithoutAnAnswer) {
  expect_unknown_without_answer(id, endpoint_at(Component::gateway),
                                gateway_answering(unseen<HttpAnswer>()));
}

}  // namespace
}  // namespace compliance::test::fails_closed_test
