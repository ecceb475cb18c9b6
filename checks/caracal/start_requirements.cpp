// The settings that each service requires to start.
#include "checks/caracal/start_requirements.h"

namespace compliance {
namespace {

using enum Component;

// By service, in the order of FACTS.md 2.3.
constexpr auto requirements = std::to_array<StartRequirement>({
    {.component = gateway, .names = {"STS_URL"}},
    {.component = gateway, .names = {"DATABASE_URL"}},
    {.component = gateway, .names = {"REDIS_URL"}},
    {.component = gateway, .names = {"STREAMS_HMAC_KEY"}},
    {.component = gateway, .names = {"AUDIT_HMAC_KEY"}, .published = true},
    {.component = gateway, .names = {"GATEWAY_STS_HMAC_KEY"}, .published = true},
    {.component = sts, .names = {"DATABASE_URL"}},
    {.component = sts, .names = {"REDIS_URL"}},
    {.component = sts, .names = {"ISSUER_URL"}},
    // Either name, since releases differ (FACTS.md T5).
    {.component = sts, .names = {"SECRET_STORE_KEK", "ZONE_KEK"}},
    {.component = sts, .names = {"GATEWAY_STS_HMAC_KEY"}, .published = true},
    {.component = sts, .names = {"STREAMS_HMAC_KEY"}, .published = true},
    {.component = sts, .names = {"AUDIT_HMAC_KEY"}, .published = true},
    {.component = audit, .names = {"DATABASE_URL"}},
    {.component = audit, .names = {"REDIS_URL"}},
    {.component = audit, .names = {"AUDIT_HMAC_KEY"}, .published = true},
    {.component = api, .names = {"DATABASE_URL"}},
    {.component = api, .names = {"REDIS_URL"}},
    {.component = api, .names = {"STREAMS_HMAC_KEY"}, .published = true},
    {.component = api,
     .names = {"AUDIT_HMAC_KEY"},
     .published = true,
     .when = StartCondition::control},
    {.component = api, .names = {"STS_JWKS_URL"}, .when = StartCondition::control},
    {.component = api, .names = {"STS_ISSUER_URL"}, .when = StartCondition::control},
    {.component = api, .names = {"CONTROL_AUDIENCE"}, .when = StartCondition::control},
    {.component = api, .names = {"CONTROL_API_TOKEN"}, .when = StartCondition::control},
    // 2026.06.22 reads it at its first use and starts without.
    {.component = api, .names = {"SECRET_STORE_KEK", "ZONE_KEK"}, .since_v0_1_0 = true},
    {.component = api, .names = {"STS_URL"}, .published = true, .since_v0_1_0 = true},
    {.component = api, .names = {"CARACAL_GATEWAY_URL"}, .published = true, .since_v0_1_0 = true},
    {.component = api,
     .names = {"CARACAL_COORDINATOR_URL"},
     .published = true,
     .since_v0_1_0 = true},
    {.component = coordinator, .names = {"ISSUER_URL"}},
    {.component = coordinator, .names = {"DATABASE_URL"}},
    {.component = coordinator, .names = {"REDIS_URL"}},
    {.component = coordinator, .names = {"STS_URL"}},
    {.component = coordinator, .names = {"AGENT_COORDINATOR_SCOPE"}},
    {.component = coordinator, .names = {"STREAMS_HMAC_KEY"}, .published = true},
    {.component = coordinator,
     .names = {"IDEMPOTENCY_HMAC_KEY"},
     .published = true,
     .since_v0_1_0 = true},
    {.component = web, .names = {"CARACAL_AUTH_DATABASE_URL", "DATABASE_URL"}},
    {.component = web, .names = {"CARACAL_AUTH_SECRET"}},
    {.component = web,
     .names = {"CARACAL_SMTP_FROM"},
     .since_v0_1_0 = true,
     .when = StartCondition::mail},
    {.component = web,
     .names = {"CARACAL_SMTP_URL"},
     .since_v0_1_0 = true,
     .when = StartCondition::password_signup},
    {.component = web,
     .names = {"GOOGLE_CLIENT_ID", "GITHUB_CLIENT_ID", "CARACAL_SMTP_URL"},
     .since_v0_1_0 = true,
     .when = StartCondition::sign_in_method},
});

}  // namespace

std::span<const StartRequirement> start_requirements() { return requirements; }

}  // namespace compliance
