// Redis refuses clients without a password. Source: FACTS.md 12.1, T91.
#include "checks/rules/endpoint_rule.h"

namespace compliance::internal_services {
namespace {

// A closed port passes with a note: from elsewhere it may be open.
Verdict reply_verdict(const Fact<RedisReply>& reply) {
  if (!reply.value) {
    return unanswered(reply);
  }
  switch (*reply.value) {
    case RedisReply::pong:
      return with_expected_observed(fail("answers PING without a password", reply.origin), "NOAUTH",
                                    "PONG");
    case RedisReply::no_auth:
    case RedisReply::denied:
    case RedisReply::tls_alert:
      return pass();
    case RedisReply::refused:
    case RedisReply::silent:
      break;
  }
  return pass("does not answer where the exporter runs", reply.origin);
}

// Files cannot show it: the password is set by the image's entry point (FACTS.md 12.1).
Verdicts evaluate_redis_authentication(const Installation& installation, const Policy& /*policy*/) {
  if (!installation.probed.redis) {
    return {attributed_to(
        unknown(UnknownReason::not_configured, "datastores.redis is not configured", Origin{}),
        Component::redis, "datastore redis")};
  }
  return {attributed_to(reply_verdict(installation.probed.redis->reply), Component::redis,
                        "datastore redis")};
}

}  // namespace

extern constinit const Check redis_authentication{
    .id = "internal-services-redis-authentication",
    .title = "Redis requires a password",
    .area = Area::internal_services,
    .severity = Severity::critical,
    .evidence = Source::endpoint,
    .why =
        "Without a password anyone who can reach Redis can read and write streams, limits and "
        "sessions.",
    .remediation = "Set requirepass or ACL users, and give the services the URL with the password.",
    .reference = "https://redis.io/docs/latest/operate/oss_and_stack/management/security/",
    .rule = &evaluate_redis_authentication,
};
}  // namespace compliance::internal_services
