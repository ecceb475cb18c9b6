// internal-services-redis-authentication
#include <gtest/gtest.h>

#include "tests/support/endpoints.h"

namespace compliance::test::redis_authentication_test {
namespace {

constexpr auto id = "internal-services-redis-authentication";

Finding evaluated(Fact<RedisReply> reply, bool tls = false) {
  Installation installation = with_endpoints({});
  installation.probed.redis = RedisProbe{.tls = tls, .reply = std::move(reply)};
  return only_finding(result_of(id, installation));
}

TEST(InternalServicesRedisAuthentication, PassesForEveryRefusal) {
  for (const RedisReply reply : {RedisReply::no_auth, RedisReply::denied, RedisReply::tls_alert}) {
    const Finding finding = evaluated(seen(reply));
    EXPECT_EQ(finding.outcome, Outcome::pass);
    EXPECT_EQ(finding.message, "");
    EXPECT_EQ(finding.component, Component::redis);
    EXPECT_EQ(finding.object, "datastore redis");
  }
}

TEST(InternalServicesRedisAuthentication, PassesWithANoteWhenNothingAnswers) {
  for (const RedisReply reply : {RedisReply::refused, RedisReply::silent}) {
    const Finding finding = evaluated(seen(reply));
    EXPECT_EQ(finding.outcome, Outcome::pass);
    EXPECT_EQ(finding.message, "does not answer where the exporter runs");
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(InternalServicesRedisAuthentication, FailsForPong) {
  for (const bool tls : {false, true}) {
    const Finding finding = evaluated(seen(RedisReply::pong), tls);
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.severity, Severity::critical);
    EXPECT_EQ(finding.message, "answers PING without a password");
    EXPECT_EQ(finding.expected, "NOAUTH");
    EXPECT_EQ(finding.observed, "PONG");
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(InternalServicesRedisAuthentication, IsUnknownWithoutAReply) {
  const Finding fault = evaluated(unseen<RedisReply>());
  EXPECT_EQ(fault.reason, UnknownReason::timeout);
  EXPECT_EQ(fault.origin, at_peer());
  EXPECT_EQ(evaluated({}).reason, UnknownReason::pending);
}

TEST(InternalServicesRedisAuthentication, IsUnknownWhereNoRedisIsConfigured) {
  const Finding finding = only_finding(result_of(id, with_endpoints({})));
  EXPECT_EQ(finding.reason, UnknownReason::not_configured);
  EXPECT_EQ(finding.message, "datastores.redis is not configured");
  EXPECT_EQ(finding.component, Component::redis);
  EXPECT_EQ(finding.object, "datastore redis");
}

}  // namespace
}  // namespace compliance::test::redis_authentication_test
