// Which secrets Caracal has, what they are called and who reads them.
#include "checks/caracal/secret_inventory.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace compliance::test::secret_inventory_test {
namespace {

struct Entry {
  const char* logical_name;
  const char* variable;
  SecretKind kind;
};

class Inventory : public testing::TestWithParam<Entry> {};

TEST_P(Inventory, IsFoundByItsFileName) {
  const KnownSecret* secret = secret_named(GetParam().logical_name);
  ASSERT_NE(secret, nullptr);
  EXPECT_EQ(secret->logical_name, GetParam().logical_name);
  EXPECT_EQ(secret->kind, GetParam().kind);
}

TEST_P(Inventory, IsFoundByItsVariable) {
  const KnownSecret* secret = secret_of_variable(GetParam().variable);
  ASSERT_NE(secret, nullptr);
  EXPECT_EQ(secret->variable, GetParam().variable);
  EXPECT_EQ(secret->kind, GetParam().kind);
}

INSTANTIATE_TEST_SUITE_P(
    KnownSecrets, Inventory,
    testing::Values(
        Entry{"databaseUrl", "DATABASE_URL", SecretKind::url},
        Entry{"stsDatabaseUrl", "DATABASE_URL", SecretKind::url},
        Entry{"apiDatabaseUrl", "DATABASE_URL", SecretKind::url},
        Entry{"gatewayDatabaseUrl", "DATABASE_URL", SecretKind::url},
        Entry{"auditDatabaseUrl", "DATABASE_URL", SecretKind::url},
        Entry{"coordinatorDatabaseUrl", "DATABASE_URL", SecretKind::url},
        Entry{"authDatabaseUrl", "CARACAL_AUTH_DATABASE_URL", SecretKind::url},
        Entry{"redisUrl", "REDIS_URL", SecretKind::url},
        Entry{"postgresPassword", "POSTGRES_PASSWORD", SecretKind::password},
        Entry{"postgresPassword", "PGPASSWORD", SecretKind::password},
        Entry{"redisPassword", "REDIS_PASSWORD", SecretKind::password},
        Entry{"zoneKek", "ZONE_KEK", SecretKind::key_encryption_key},
        Entry{"secretStoreKek", "SECRET_STORE_KEK", SecretKind::key_encryption_key},
        Entry{"secretStoreKekPrevious", "SECRET_STORE_KEK_PREVIOUS",
              SecretKind::key_encryption_key},
        Entry{"auditHmacKey", "AUDIT_HMAC_KEY", SecretKind::hmac_key},
        Entry{"streamsHmacKey", "STREAMS_HMAC_KEY", SecretKind::hmac_key},
        Entry{"gatewayStsHmacKey", "GATEWAY_STS_HMAC_KEY", SecretKind::hmac_key},
        Entry{"idempotencyHmacKey", "IDEMPOTENCY_HMAC_KEY", SecretKind::hmac_key},
        Entry{"idempotencyHmacKeyPrevious", "IDEMPOTENCY_HMAC_KEY_PREVIOUS", SecretKind::hmac_key},
        Entry{"caracalAdminToken", "CARACAL_ADMIN_TOKEN", SecretKind::token},
        Entry{"caracalAdminToken", "CONTROL_API_TOKEN", SecretKind::token},
        Entry{"caracalCoordinatorToken", "CARACAL_COORDINATOR_TOKEN", SecretKind::token},
        Entry{"metricsBearer", "METRICS_BEARER", SecretKind::token},
        Entry{"caracalAuthSecret", "CARACAL_AUTH_SECRET", SecretKind::token},
        Entry{"stsAdminToken", "STS_ADMIN_TOKEN", SecretKind::token},
        Entry{"auditAdminToken", "AUDIT_ADMIN_TOKEN", SecretKind::token},
        Entry{"apiDbPassword", "CARACAL_API_DB_PASSWORD", SecretKind::password},
        Entry{"stsDbPassword", "CARACAL_STS_DB_PASSWORD", SecretKind::password},
        Entry{"gatewayDbPassword", "CARACAL_GATEWAY_DB_PASSWORD", SecretKind::password},
        Entry{"auditDbPassword", "CARACAL_AUDIT_DB_PASSWORD", SecretKind::password},
        Entry{"coordinatorDbPassword", "CARACAL_COORDINATOR_DB_PASSWORD", SecretKind::password},
        Entry{"authDbPassword", "CARACAL_AUTH_DB_PASSWORD", SecretKind::password},
        Entry{"caracalVaultToken", "CARACAL_VAULT_TOKEN", SecretKind::token},
        Entry{"caracalInfisicalToken", "CARACAL_INFISICAL_TOKEN", SecretKind::token},
        Entry{"caracalAzureClientSecret", "CARACAL_AZURE_CLIENT_SECRET", SecretKind::token},
        Entry{"awsAccessKeyId", "AWS_ACCESS_KEY_ID", SecretKind::password},
        Entry{"awsSecretAccessKey", "AWS_SECRET_ACCESS_KEY", SecretKind::token},
        Entry{"awsSessionToken", "AWS_SESSION_TOKEN", SecretKind::token},
        Entry{"caracalCustomSecretsToken", "CARACAL_CUSTOM_SECRETS_TOKEN", SecretKind::token},
        Entry{"googleClientSecret", "GOOGLE_CLIENT_SECRET", SecretKind::token},
        Entry{"githubClientSecret", "GITHUB_CLIENT_SECRET", SecretKind::token},
        Entry{"caracalSmtpUrl", "CARACAL_SMTP_URL", SecretKind::url},
        Entry{"otelExporterOtlpHeaders", "OTEL_EXPORTER_OTLP_HEADERS", SecretKind::token},
        Entry{"apiOperatorAiApiKey", "API_OPERATOR_AI_API_KEY", SecretKind::token}),
    [](const auto& row) { return std::string{row.param.logical_name} + row.param.variable; });

TEST(KnownSecrets, AreAllInTheTableAbove) { EXPECT_EQ(known_secrets().size(), 44U); }

TEST(KnownSecrets, TheVariableOfSeveralFilesNamesTheGeneralOne) {
  EXPECT_EQ(secret_of_variable("DATABASE_URL")->logical_name, "databaseUrl");
  EXPECT_EQ(secret_of_variable("CONTROL_API_TOKEN")->logical_name, "caracalAdminToken");
}

TEST(KnownSecrets, NamesAreCaseSensitiveAndWhole) {
  EXPECT_EQ(secret_named("audithmackey"), nullptr);
  EXPECT_EQ(secret_named("auditHmacKey2"), nullptr);
  EXPECT_EQ(secret_named(""), nullptr);
  EXPECT_EQ(secret_of_variable("audit_hmac_key"), nullptr);
  EXPECT_EQ(secret_of_variable("AUDIT_HMAC_KEY_FILE"), nullptr);
  EXPECT_EQ(secret_of_variable(""), nullptr);
}

TEST(KnownSecrets, KeysOfEachProviderOfTheOperatorAreSecret) {
  ASSERT_NE(secret_of_variable("API_OPERATOR_AI_ANTHROPIC_API_KEY"), nullptr);
  EXPECT_EQ(secret_of_variable("API_OPERATOR_AI_ANTHROPIC_MODEL"), nullptr);
  EXPECT_EQ(secret_of_variable("OTHER_ANTHROPIC_API_KEY"), nullptr);
  EXPECT_EQ(secret_of_variable("API_OPERATOR_AI__API_KEYS"), nullptr);
}

class HarmlessNames : public testing::TestWithParam<const char*> {};

TEST_P(HarmlessNames, AreNoSecrets) {
  EXPECT_TRUE(is_known_harmless(GetParam()));
  EXPECT_EQ(secret_of_variable(GetParam()), nullptr);
}

INSTANTIATE_TEST_SUITE_P(
    KnownSecrets, HarmlessNames,
    testing::Values("AGENT_COORDINATOR_SCOPE", "CONTROL_AUDIENCE", "AUDIT_HMAC_KEY_FILE",
                    "TLS_KEY_FILE", "TLS_CERT_FILE", "SSL_CERT_FILE", "CARACAL_TLS_EXTRA_CA_FILE",
                    "CARACAL_GCP_CREDENTIALS_FILE", "CONTROL_API_TOKEN_FILE", "ZONE_KEK_PROVIDER",
                    "CARACAL_SECRET_BACKEND", "CARACAL_SECRETS_DIR",
                    "STS_SECRET_VERIFY_CONCURRENCY", "CARACAL_PASSWORD_SIGNUP",
                    "IDEMPOTENCY_RETENTION_SECONDS", "GENERATED_IDEMPOTENCY_RETENTION_SECONDS",
                    "IDEMPOTENCY_MAX_RECEIPTS_PER_SCOPE", "STS_MINT_RATE_LIMIT_PER_MIN",
                    "SESSION_RETENTION_DAYS", "CARACAL_AUTH_DATABASE_SSL",
                    "CARACAL_AUTH_SECURE_COOKIES", "CARACAL_AUTH_URL", "CARACAL_AUTH_TRUST_PROXY",
                    "CARACAL_AUTH_AUTO_MIGRATE", "CARACAL_AUTH_COOKIE_SAME_SITE",
                    "GOOGLE_CLIENT_ID", "GITHUB_CLIENT_ID", "CARACAL_AZURE_CLIENT_ID",
                    "CARACAL_AZURE_TENANT_ID", "GOOGLE_APPLICATION_CREDENTIALS", "PGSSLMODE",
                    "STS_JWKS_URL", "POSTGRES_USER", "PGUSER", "CARACAL_VAULT_ADDR",
                    "CARACAL_VAULT_MOUNT", "CARACAL_VAULT_NAMESPACE", "CARACAL_CUSTOM_SECRETS_URL",
                    "CARACAL_INFISICAL_PROJECT_ID"),
    [](const auto& row) { return std::string{row.param}; });

TEST(KnownSecrets, NoSecretIsKnownToBeHarmless) {
  for (const KnownSecret& secret : known_secrets()) {
    EXPECT_FALSE(is_known_harmless(secret.variable)) << secret.variable;
  }
  EXPECT_FALSE(is_known_harmless("MY_API_KEY"));
  EXPECT_FALSE(is_known_harmless("CARACAL_VAULT_TOKEN"));
}

// The variables among the inventory's that the component reads.
std::set<std::string> read_by(Component component) {
  std::set<std::string> names;
  for (const KnownSecret& secret : known_secrets()) {
    if (reads_secret(component, secret.variable)) {
      names.emplace(secret.variable);
    }
  }
  return names;
}

using Names = std::set<std::string>;

const Names backend{
    "AWS_ACCESS_KEY_ID",           "AWS_SECRET_ACCESS_KEY",        "AWS_SESSION_TOKEN",
    "CARACAL_AZURE_CLIENT_SECRET", "CARACAL_CUSTOM_SECRETS_TOKEN", "CARACAL_INFISICAL_TOKEN",
    "CARACAL_VAULT_TOKEN"};

Names with_backend(Names names) {
  names.insert(backend.begin(), backend.end());
  return names;
}

TEST(ReadsSecret, OfTheTokenService) {
  EXPECT_EQ(read_by(Component::sts),
            with_backend({"AUDIT_HMAC_KEY", "DATABASE_URL", "GATEWAY_STS_HMAC_KEY",
                          "METRICS_BEARER", "OTEL_EXPORTER_OTLP_HEADERS", "REDIS_URL",
                          "SECRET_STORE_KEK", "SECRET_STORE_KEK_PREVIOUS", "STREAMS_HMAC_KEY",
                          "STS_ADMIN_TOKEN", "ZONE_KEK"}));
}

TEST(ReadsSecret, OfTheApi) {
  EXPECT_EQ(read_by(Component::api),
            with_backend({"AUDIT_HMAC_KEY", "CARACAL_ADMIN_TOKEN", "CONTROL_API_TOKEN",
                          "DATABASE_URL", "GATEWAY_STS_HMAC_KEY", "METRICS_BEARER",
                          "OTEL_EXPORTER_OTLP_HEADERS", "REDIS_URL", "SECRET_STORE_KEK",
                          "SECRET_STORE_KEK_PREVIOUS", "STREAMS_HMAC_KEY", "ZONE_KEK"}));
  EXPECT_TRUE(reads_secret(Component::api, "API_OPERATOR_AI_ANTHROPIC_API_KEY"));
  EXPECT_FALSE(reads_secret(Component::sts, "API_OPERATOR_AI_ANTHROPIC_API_KEY"));
}

TEST(ReadsSecret, OfTheGatewayWhichNeedsNoKeyEncryptionKey) {
  EXPECT_EQ(
      read_by(Component::gateway),
      (Names{"AUDIT_HMAC_KEY", "CARACAL_ADMIN_TOKEN", "DATABASE_URL", "GATEWAY_STS_HMAC_KEY",
             "METRICS_BEARER", "OTEL_EXPORTER_OTLP_HEADERS", "REDIS_URL", "STREAMS_HMAC_KEY"}));
}

TEST(ReadsSecret, OfAuditWhichNeedsNoStreamsKey) {
  EXPECT_EQ(read_by(Component::audit),
            (Names{"AUDIT_ADMIN_TOKEN", "AUDIT_HMAC_KEY", "DATABASE_URL", "METRICS_BEARER",
                   "OTEL_EXPORTER_OTLP_HEADERS", "REDIS_URL"}));
}

TEST(ReadsSecret, OfTheCoordinatorWhichNeedsNoGatewayKey) {
  EXPECT_EQ(read_by(Component::coordinator),
            (Names{"CARACAL_COORDINATOR_TOKEN", "DATABASE_URL", "IDEMPOTENCY_HMAC_KEY",
                   "IDEMPOTENCY_HMAC_KEY_PREVIOUS", "METRICS_BEARER", "OTEL_EXPORTER_OTLP_HEADERS",
                   "REDIS_URL", "STREAMS_HMAC_KEY"}));
}

TEST(ReadsSecret, OfTheConsole) {
  EXPECT_EQ(read_by(Component::web),
            (Names{"CARACAL_ADMIN_TOKEN", "CARACAL_AUTH_DATABASE_URL", "CARACAL_AUTH_SECRET",
                   "CARACAL_COORDINATOR_TOKEN", "CARACAL_SMTP_URL", "DATABASE_URL",
                   "GITHUB_CLIENT_SECRET", "GOOGLE_CLIENT_SECRET", "OTEL_EXPORTER_OTLP_HEADERS"}));
}

TEST(ReadsSecret, OfTheJobsAndTheStores) {
  EXPECT_EQ(read_by(Component::auth_migrate),
            (Names{"CARACAL_AUTH_DATABASE_URL", "CARACAL_AUTH_SECRET", "DATABASE_URL"}));
  EXPECT_EQ(read_by(Component::migrate),
            (Names{"CARACAL_API_DB_PASSWORD", "CARACAL_AUDIT_DB_PASSWORD",
                   "CARACAL_AUTH_DB_PASSWORD", "CARACAL_COORDINATOR_DB_PASSWORD",
                   "CARACAL_GATEWAY_DB_PASSWORD", "CARACAL_STS_DB_PASSWORD", "PGPASSWORD"}));
  EXPECT_EQ(read_by(Component::postgres), Names{"POSTGRES_PASSWORD"});
  EXPECT_EQ(read_by(Component::redis), Names{"REDIS_PASSWORD"});
}

TEST(ReadsSecret, NothingElseReadsAny) {
  for (const Component component :
       {Component::replay_init, Component::edge, Component::other, Component::installation}) {
    EXPECT_EQ(read_by(component), Names{}) << name_of(component);
  }
}

}  // namespace
}  // namespace compliance::test::secret_inventory_test
