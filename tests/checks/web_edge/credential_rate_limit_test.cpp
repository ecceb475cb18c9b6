// web-edge-credential-rate-limit
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test::credential_rate_limit_test {
namespace {

constexpr auto id = "web-edge-credential-rate-limit";

Endpoint running(RateLimitRun run, std::size_t replicas = 1) {
  Endpoint endpoint = sound_endpoint();
  endpoint.replicas = replicas;
  endpoint.web.limiter = limiter_run(run);
  return endpoint;
}

TEST(WebEdgeCredentialRateLimit, PassesWhenARequestIsRefused) {
  for (const std::size_t refused : {2U, 4U}) {
    const Endpoint endpoint =
        running({.sent = refused, .refused_at = refused, .status_before = 404});
    EXPECT_EQ(status_of(id, endpoint), Outcome::pass) << refused;
    expect_asked_at(first_finding(id, endpoint), "/limiter");
  }
  EXPECT_EQ(status_of(id, running({.sent = 7, .refused_at = 7, .status_before = 404}, 2)),
            Outcome::pass);
}

TEST(WebEdgeCredentialRateLimit, FailsWhenNoneIs) {
  const Finding finding = first_finding(id, running({.sent = 4, .status_before = 404}));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, "requests below /api/auth/sign-in are not rate-limited");
  EXPECT_EQ(finding.expected, "429 within 4 requests");
  EXPECT_EQ(finding.observed, "no 429 in 4");
  EXPECT_EQ(finding.severity, Severity::high);
  expect_asked_at(finding, "/limiter");
  EXPECT_EQ(first_finding(id, running({.sent = 8, .status_before = 404}, 2)).expected,
            "429 within 7 requests");
}

TEST(WebEdgeCredentialRateLimit, IsUnknownWhenTheRunWasCutShort) {
  const Endpoint endpoint = running({.sent = 6, .status_before = 404}, 2);
  expect_unknown(id, endpoint, UnknownReason::timeout,
                 "only 6 of 7 requests were answered in time");
  expect_asked_at(first_finding(id, endpoint), "/limiter");
}

TEST(WebEdgeCredentialRateLimit, IsUnknownWhenSomebodyElseAnswers) {
  for (const int status : {200, 403, 405, 500}) {
    for (const std::size_t refused : {0U, 4U}) {
      const Endpoint endpoint =
          running({.sent = 4, .refused_at = refused, .status_before = status});
      expect_unknown(id, endpoint, UnknownReason::unexpected_response,
                     "the first request was answered with " + std::to_string(status) +
                         ", not with the console's 404");
      expect_asked_at(first_finding(id, endpoint), "/limiter");
    }
  }
  expect_unknown(id, running({.sent = 1, .refused_at = 1}), UnknownReason::unexpected_response,
                 "the first request was rejected by another rate limit than the console's");
}

TEST(WebEdgeCredentialRateLimit, IsUnknownWhereNothingWasAnswered) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.limiter = {.fault = Fault{.reason = UnknownReason::timeout, .message = "late"}};
  expect_unknown(id, endpoint, UnknownReason::timeout, "late");
  endpoint.web.limiter = {};
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  expect_needs_console(id, asked(sound_endpoint()));
  expect_needs_endpoint(id);
}

}  // namespace
}  // namespace compliance::test::credential_rate_limit_test
