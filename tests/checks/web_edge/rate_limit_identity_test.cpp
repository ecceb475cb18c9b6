// web-edge-rate-limit-identity
#include <gtest/gtest.h>

#include "tests/checks/web_edge/answers.h"

namespace compliance::test::rate_limit_identity_test {
namespace {

constexpr auto id = "web-edge-rate-limit-identity";

Endpoint running(RateLimitRun forwarded) {
  Endpoint endpoint = sound_endpoint();
  endpoint.web.limiter_forwarded = limiter_run(forwarded, "/forwarded");
  return endpoint;
}

TEST(WebEdgeRateLimitIdentity, PassesWhenTheLimitHoldsForMadeUpAddresses) {
  EXPECT_EQ(status_of(id, sound_endpoint()), Outcome::pass);
  expect_asked_at(first_finding(id, sound_endpoint()), "/forwarded");
  EXPECT_EQ(status_of(id, running({.sent = 1, .refused_at = 1})), Outcome::pass);
}

TEST(WebEdgeRateLimitIdentity, FailsWhenTheyEvadeIt) {
  const Finding finding = first_finding(id, running({.sent = 4, .status_before = 404}));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.message, "varying X-Forwarded-For evades the rate limit");
  EXPECT_EQ(finding.expected, "429 within 4 requests");
  EXPECT_EQ(finding.observed, "no 429 in 4");
  EXPECT_EQ(finding.severity, Severity::medium);
  expect_asked_at(finding, "/forwarded");
}

TEST(WebEdgeRateLimitIdentity, IsUnknownWithoutALimit) {
  Endpoint endpoint = running({.sent = 4, .status_before = 404});
  endpoint.web.limiter = limiter_run({.sent = 4, .status_before = 404});
  expect_unknown(id, endpoint, UnknownReason::not_observable,
                 "there is no rate limit that could be evaded");
  expect_asked_at(first_finding(id, endpoint), "/limiter");
}

TEST(WebEdgeRateLimitIdentity, IsUnknownWhereEitherRunIs) {
  expect_unknown(id, running({.sent = 3, .status_before = 404}), UnknownReason::timeout,
                 "only 3 of 4 requests were answered in time");
  expect_unknown(id, running({.sent = 4, .status_before = 403}), UnknownReason::unexpected_response,
                 "the first request was answered with 403, not with the console's 404");
  Endpoint endpoint = sound_endpoint();
  endpoint.web.limiter_forwarded = {};
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  endpoint = sound_endpoint();
  endpoint.web.limiter = {.fault = Fault{.reason = UnknownReason::timeout, .message = "late"}};
  expect_unknown(id, endpoint, UnknownReason::timeout, "late");
  expect_needs_console(id, asked(sound_endpoint()));
  expect_needs_endpoint(id);
}

}  // namespace
}  // namespace compliance::test::rate_limit_identity_test
