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

Finding evaluated(int status, const std::string& body = "", std::vector<HttpHeader> headers = {}) {
  return only_finding(result_of(
      id, with_endpoints({gateway_answering(answering(status, body, std::move(headers)))})));
}

TEST(GatewayUpstreamsFailsClosed, PassesForARefusal) {
  const Finding finding =
      evaluated(401, R"({"error":"invalid_token","error_description":"missing bearer token"})");
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.message, "");
  EXPECT_EQ(finding.object, "endpoint gateway");
  EXPECT_EQ(evaluated(401, "<html>").outcome, Outcome::pass);
}

TEST(GatewayUpstreamsFailsClosed, PassesWithANoteForAStaleGateway) {
  const Finding finding = evaluated(503, stale);
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.message, "rejects everything, since it does not know which tokens are revoked");
  EXPECT_EQ(finding.origin, at_peer());
}

TEST(GatewayUpstreamsFailsClosed, FailsForAnythingThatIsLetThrough) {
  for (const int status : {200, 201, 204, 206, 300, 301, 302, 304, 307}) {
    const Finding finding = evaluated(status, stale);
    EXPECT_EQ(finding.outcome, Outcome::fail) << status;
    EXPECT_EQ(finding.severity, Severity::critical);
    EXPECT_EQ(finding.message, "lets a request without credentials through");
    EXPECT_EQ(finding.expected, "status 401, or 503 of the Gateway");
    EXPECT_EQ(finding.observed, "status " + std::to_string(status));
    EXPECT_EQ(finding.origin, at_peer());
  }
  for (const char* location : {"/", "/app/", "https://upstream.example.net/", "/authors"}) {
    EXPECT_EQ(evaluated(302, "", {{"location", location}}).outcome, Outcome::fail) << location;
  }
}

TEST(GatewayUpstreamsFailsClosed, IsUnknownForARedirectToASignIn) {
  for (const char* location : {"https://login.example.net/?to=x", "/oauth2/start", "/login"}) {
    const Finding finding = evaluated(302, "", {{"location", location}});
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response) << location;
  }
  EXPECT_EQ(evaluated(302, "", {{"location", "/"}, {"location", "/login"}}).outcome,
            Outcome::unknown);
  EXPECT_EQ(evaluated(200, "", {{"location", "/login"}}).outcome, Outcome::fail);
}

TEST(GatewayUpstreamsFailsClosed, IsUnknownForOtherAnswers) {
  for (const int status : {400, 403, 404, 429, 500, 502, 503, 504}) {
    const Finding finding = evaluated(status, R"({"error":"unavailable"})");
    EXPECT_EQ(finding.reason, UnknownReason::unexpected_response) << status;
    EXPECT_EQ(finding.message, "answers a request without credentials with status " +
                                   std::to_string(status) + ", which shows neither");
    EXPECT_EQ(finding.origin, at_peer());
  }
  EXPECT_EQ(evaluated(502, stale).outcome, Outcome::unknown);
}

}  // namespace
}  // namespace compliance::test::fails_closed_test
