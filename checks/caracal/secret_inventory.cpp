// The secrets of Caracal, at both releases that FACTS.md describes.
#include "checks/caracal/secret_inventory.h"

#include <algorithm>
#include <array>

namespace compliance {
namespace {

using Kind = SecretKind;

// The first entry of a logical name or variable is the one that is found by it.
constexpr auto inventory = std::to_array<KnownSecret>({
    // Databases. From v0.1.0 on each service has its own role, and so a file of its own.
    {"databaseUrl", "DATABASE_URL", Kind::url},
    {"stsDatabaseUrl", "DATABASE_URL", Kind::url},
    {"apiDatabaseUrl", "DATABASE_URL", Kind::url},
    {"gatewayDatabaseUrl", "DATABASE_URL", Kind::url},
    {"auditDatabaseUrl", "DATABASE_URL", Kind::url},
    {"coordinatorDatabaseUrl", "DATABASE_URL", Kind::url},
    {"authDatabaseUrl", "CARACAL_AUTH_DATABASE_URL", Kind::url},
    {"redisUrl", "REDIS_URL", Kind::url},
    {"postgresPassword", "POSTGRES_PASSWORD", Kind::password},
    {"postgresPassword", "PGPASSWORD", Kind::password},
    {"redisPassword", "REDIS_PASSWORD", Kind::password},
    // Keys, under the old name and the new one.
    {"zoneKek", "ZONE_KEK", Kind::key_encryption_key},
    {"secretStoreKek", "SECRET_STORE_KEK", Kind::key_encryption_key},
    {"secretStoreKekPrevious", "SECRET_STORE_KEK_PREVIOUS", Kind::key_encryption_key},
    {"auditHmacKey", "AUDIT_HMAC_KEY", Kind::hmac_key},
    {"streamsHmacKey", "STREAMS_HMAC_KEY", Kind::hmac_key},
    {"gatewayStsHmacKey", "GATEWAY_STS_HMAC_KEY", Kind::hmac_key},
    {"idempotencyHmacKey", "IDEMPOTENCY_HMAC_KEY", Kind::hmac_key},
    {"idempotencyHmacKeyPrevious", "IDEMPOTENCY_HMAC_KEY_PREVIOUS", Kind::hmac_key},
    // Tokens. The Control API reads the admin token by a name of its own, from the same file.
    {"caracalAdminToken", "CARACAL_ADMIN_TOKEN", Kind::token},
    {"caracalAdminToken", "CONTROL_API_TOKEN", Kind::token},
    {"caracalCoordinatorToken", "CARACAL_COORDINATOR_TOKEN", Kind::token},
    {"metricsBearer", "METRICS_BEARER", Kind::token},
    {"caracalAuthSecret", "CARACAL_AUTH_SECRET", Kind::token},
    {"stsAdminToken", "STS_ADMIN_TOKEN", Kind::token},
    {"auditAdminToken", "AUDIT_ADMIN_TOKEN", Kind::token},
    // Passwords of the database roles, which only the migration reads.
    {"apiDbPassword", "CARACAL_API_DB_PASSWORD", Kind::password},
    {"stsDbPassword", "CARACAL_STS_DB_PASSWORD", Kind::password},
    {"gatewayDbPassword", "CARACAL_GATEWAY_DB_PASSWORD", Kind::password},
    {"auditDbPassword", "CARACAL_AUDIT_DB_PASSWORD", Kind::password},
    {"coordinatorDbPassword", "CARACAL_COORDINATOR_DB_PASSWORD", Kind::password},
    {"authDbPassword", "CARACAL_AUTH_DB_PASSWORD", Kind::password},
    // Credentials of secret backends, sign-in providers, mail and telemetry (FACTS.md 3.7).
    {"caracalVaultToken", "CARACAL_VAULT_TOKEN", Kind::token},
    {"caracalInfisicalToken", "CARACAL_INFISICAL_TOKEN", Kind::token},
    {"caracalAzureClientSecret", "CARACAL_AZURE_CLIENT_SECRET", Kind::token},
    // Twenty characters of fixed form, which is less than a token's strength.
    {"awsAccessKeyId", "AWS_ACCESS_KEY_ID", Kind::password},
    {"awsSecretAccessKey", "AWS_SECRET_ACCESS_KEY", Kind::token},
    {"awsSessionToken", "AWS_SESSION_TOKEN", Kind::token},
    {"caracalCustomSecretsToken", "CARACAL_CUSTOM_SECRETS_TOKEN", Kind::token},
    {"googleClientSecret", "GOOGLE_CLIENT_SECRET", Kind::token},
    {"githubClientSecret", "GITHUB_CLIENT_SECRET", Kind::token},
    {"caracalSmtpUrl", "CARACAL_SMTP_URL", Kind::url},
    {"otelExporterOtlpHeaders", "OTEL_EXPORTER_OTLP_HEADERS", Kind::token},
    // Stands for API_OPERATOR_AI_<provider>_API_KEY.
    {"apiOperatorAiApiKey", "API_OPERATOR_AI_API_KEY", Kind::token},
});

// Names that look secret but are not, of both releases. Source: FACTS.md 3.6.
constexpr auto harmless = std::to_array<std::string_view>({
    "AGENT_COORDINATOR_SCOPE",
    "CARACAL_AUTH_AUTO_MIGRATE",
    "CARACAL_AUTH_COOKIE_SAME_SITE",
    "CARACAL_AUTH_DATABASE_SSL",
    "CARACAL_AUTH_SECURE_COOKIES",
    "CARACAL_AUTH_TRUST_PROXY",
    "CARACAL_AUTH_URL",
    "CARACAL_AZURE_CLIENT_ID",
    "CARACAL_AZURE_TENANT_ID",
    "CARACAL_CUSTOM_SECRETS_URL",
    "CARACAL_PASSWORD_SIGNUP",
    "CARACAL_SECRETS_DIR",
    "CARACAL_SECRET_BACKEND",
    "CARACAL_VAULT_ADDR",
    "CARACAL_VAULT_MOUNT",
    "CARACAL_VAULT_NAMESPACE",
    "CONTROL_AUDIENCE",
    "GENERATED_IDEMPOTENCY_RETENTION_SECONDS",
    "GITHUB_CLIENT_ID",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "GOOGLE_CLIENT_ID",
    "IDEMPOTENCY_MAX_RECEIPTS_PER_SCOPE",
    "IDEMPOTENCY_RETENTION_SECONDS",
    "PGSSLMODE",
    "PGUSER",
    "POSTGRES_USER",
    "SESSION_RETENTION_DAYS",
    "STS_JWKS_URL",
    "STS_MINT_RATE_LIMIT_PER_MIN",
    "STS_SECRET_VERIFY_CONCURRENCY",
    "ZONE_KEK_PROVIDER",
});

// Credentials of the secret backends, on sts and api from v0.1.0 on (FACTS.md 3.7).
constexpr auto secret_backend = std::to_array<std::string_view>(
    {"CARACAL_VAULT_TOKEN", "CARACAL_INFISICAL_TOKEN", "CARACAL_AZURE_CLIENT_SECRET",
     "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
     "CARACAL_CUSTOM_SECRETS_TOKEN"});

// What each service reads, at either release: a service that ignores a variable is not harmed by a
// *_FILE that points nowhere (FACTS.md 2.3, 3.4, T49).
constexpr auto read_by_sts = std::to_array<std::string_view>(
    {"DATABASE_URL", "REDIS_URL", "ZONE_KEK", "SECRET_STORE_KEK", "SECRET_STORE_KEK_PREVIOUS",
     "AUDIT_HMAC_KEY", "STREAMS_HMAC_KEY", "GATEWAY_STS_HMAC_KEY", "METRICS_BEARER",
     "STS_ADMIN_TOKEN"});

constexpr auto read_by_api = std::to_array<std::string_view>(
    {"DATABASE_URL", "REDIS_URL", "ZONE_KEK", "SECRET_STORE_KEK", "SECRET_STORE_KEK_PREVIOUS",
     "AUDIT_HMAC_KEY", "STREAMS_HMAC_KEY", "GATEWAY_STS_HMAC_KEY", "CARACAL_ADMIN_TOKEN",
     "CONTROL_API_TOKEN", "METRICS_BEARER"});

constexpr auto read_by_gateway = std::to_array<std::string_view>(
    {"DATABASE_URL", "REDIS_URL", "AUDIT_HMAC_KEY", "STREAMS_HMAC_KEY", "GATEWAY_STS_HMAC_KEY",
     "CARACAL_ADMIN_TOKEN", "METRICS_BEARER"});

constexpr auto read_by_audit = std::to_array<std::string_view>(
    {"DATABASE_URL", "REDIS_URL", "AUDIT_HMAC_KEY", "METRICS_BEARER", "AUDIT_ADMIN_TOKEN"});

constexpr auto read_by_coordinator = std::to_array<std::string_view>(
    {"DATABASE_URL", "REDIS_URL", "STREAMS_HMAC_KEY", "CARACAL_COORDINATOR_TOKEN",
     "IDEMPOTENCY_HMAC_KEY", "IDEMPOTENCY_HMAC_KEY_PREVIOUS", "METRICS_BEARER"});

constexpr auto read_by_web = std::to_array<std::string_view>(
    {"CARACAL_AUTH_DATABASE_URL", "DATABASE_URL", "CARACAL_AUTH_SECRET", "CARACAL_ADMIN_TOKEN",
     "CARACAL_COORDINATOR_TOKEN", "GOOGLE_CLIENT_SECRET", "GITHUB_CLIENT_SECRET",
     "CARACAL_SMTP_URL"});

constexpr auto read_by_auth_migrate = std::to_array<std::string_view>(
    {"CARACAL_AUTH_DATABASE_URL", "DATABASE_URL", "CARACAL_AUTH_SECRET"});

constexpr auto read_by_migrate = std::to_array<std::string_view>(
    {"PGPASSWORD", "CARACAL_API_DB_PASSWORD", "CARACAL_STS_DB_PASSWORD",
     "CARACAL_GATEWAY_DB_PASSWORD", "CARACAL_AUDIT_DB_PASSWORD", "CARACAL_COORDINATOR_DB_PASSWORD",
     "CARACAL_AUTH_DB_PASSWORD"});

constexpr auto read_by_postgres = std::to_array<std::string_view>({"POSTGRES_PASSWORD"});
constexpr auto read_by_redis = std::to_array<std::string_view>({"REDIS_PASSWORD"});

// Exact names: variables are case-sensitive.
bool holds(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The provider's name stands between the two.
constexpr std::string_view operator_ai_prefix = "API_OPERATOR_AI_";
constexpr std::string_view operator_ai_suffix = "_API_KEY";

// Any provider: the part between prefix and suffix is not listed anywhere.
bool is_operator_ai_key(std::string_view variable) {
  return variable.size() > operator_ai_prefix.size() + operator_ai_suffix.size() &&
         variable.starts_with(operator_ai_prefix) && variable.ends_with(operator_ai_suffix);
}

// Without the secret backends and telemetry, which several services share.
std::span<const std::string_view> read_by(Component component) {
  switch (component) {
    case Component::sts:
      return read_by_sts;
    case Component::api:
      return read_by_api;
    case Component::gateway:
      return read_by_gateway;
    case Component::audit:
      return read_by_audit;
    case Component::coordinator:
      return read_by_coordinator;
    case Component::web:
      return read_by_web;
    case Component::auth_migrate:
      return read_by_auth_migrate;
    case Component::migrate:
      return read_by_migrate;
    case Component::postgres:
      return read_by_postgres;
    case Component::redis:
      return read_by_redis;
    case Component::replay_init:
    case Component::edge:
    case Component::other:
    case Component::installation:
      return {};
  }
  return {};
}

}  // namespace

std::span<const KnownSecret> known_secrets() { return inventory; }

const KnownSecret* secret_named(std::string_view logical_name) {
  for (const KnownSecret& secret : inventory) {
    if (secret.logical_name == logical_name) {
      return &secret;
    }
  }
  return nullptr;
}

const KnownSecret* secret_of_variable(std::string_view variable) {
  if (is_operator_ai_key(variable)) {
    return secret_named("apiOperatorAiApiKey");
  }
  for (const KnownSecret& secret : inventory) {
    if (secret.variable == variable) {
      return &secret;
    }
  }
  return nullptr;
}

bool is_known_harmless(std::string_view variable) {
  return variable.ends_with("_FILE") || holds(harmless, variable) ||
         (variable.starts_with("CARACAL_INFISICAL_") && variable != "CARACAL_INFISICAL_TOKEN");
}

bool reads_secret(Component component, std::string_view variable) {
  const bool uses_backend = component == Component::sts || component == Component::api;
  return holds(read_by(component), variable) || (uses_backend && holds(secret_backend, variable)) ||
         (component == Component::api && is_operator_ai_key(variable)) ||
         ((has_mode(component) || component == Component::web) &&
          variable == "OTEL_EXPORTER_OTLP_HEADERS");
}

}  // namespace compliance
