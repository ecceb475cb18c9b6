// secrets-no-inline-values
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::no_inline_values_test {
namespace {

constexpr auto id = "secrets-no-inline-values";

Container with(const std::string& name, const std::string& value,
               Component component = Component::sts) {
  Container container = hardened_service(component);
  set_variable(container, name, value);
  return container;
}

Variable& variable_of(Container& container) { return container.environment.variables.front(); }

TEST(SecretsNoInlineValues, PassesForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(SecretsNoInlineValues, PassesForAnEmptyVariableBesideItsFile) {
  Container container = with("AUDIT_HMAC_KEY", "");
  set_variable(container, "AUDIT_HMAC_KEY_FILE", "/run/secrets/auditHmacKey");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(SecretsNoInlineValues, FailsForATextThatWinsOverTheFile) {
  Container container = with("AUDIT_HMAC_KEY", "x");
  set_variable(container, "AUDIT_HMAC_KEY_FILE", "/run/secrets/auditHmacKey");
  EXPECT_EQ(summary_of(id, container),
            "fail: AUDIT_HMAC_KEY contains a plaintext secret [compose.yaml:10:7]");
}

TEST(SecretsNoInlineValues, FailsForEveryKindOfSecretOnAnyContainer) {
  for (const char* name :
       {"ZONE_KEK", "SECRET_STORE_KEK", "AUDIT_HMAC_KEY", "CARACAL_ADMIN_TOKEN",
        "CONTROL_API_TOKEN", "METRICS_BEARER", "CARACAL_AUTH_SECRET", "STS_ADMIN_TOKEN",
        "POSTGRES_PASSWORD", "PGPASSWORD", "CARACAL_API_DB_PASSWORD", "AWS_SECRET_ACCESS_KEY",
        "CARACAL_VAULT_TOKEN", "GITHUB_CLIENT_SECRET"}) {
    for (const Component component : {Component::sts, Component::postgres, Component::other}) {
      EXPECT_EQ(summary_of(id, with(name, "caracal", component)),
                std::string{"fail: "} + name + " contains a plaintext secret [compose.yaml:10:7]");
    }
  }
}

TEST(SecretsNoInlineValues, AUrlFailsForThePasswordInIt) {
  for (const char* name :
       {"DATABASE_URL", "REDIS_URL", "CARACAL_AUTH_DATABASE_URL", "CARACAL_SMTP_URL"}) {
    EXPECT_EQ(summary_of(id, with(name, "scheme://user:hunter2@host:1/db")),
              std::string{"fail: "} + name + " contains a plaintext secret [compose.yaml:10:7]");
    EXPECT_EQ(status_of(id, with(name, "scheme://user@host:1/db")), Outcome::pass) << name;
    EXPECT_EQ(status_of(id, with(name, "scheme://host")), Outcome::pass) << name;
  }
}

TEST(SecretsNoInlineValues, AConnectionStringFailsForThePasswordInIt) {
  EXPECT_EQ(summary_of(id, with("DATABASE_URL", "postgres://host/db?user=a&password=hunter2")),
            "fail: DATABASE_URL contains a plaintext secret [compose.yaml:10:7]");
  EXPECT_EQ(summary_of(id, with("DATABASE_URL", "host=db user=a Password=hunter2")),
            "fail: DATABASE_URL contains a plaintext secret [compose.yaml:10:7]");
  EXPECT_EQ(status_of(id, with("DATABASE_URL", "postgres://host/db?password=&user=a")),
            Outcome::pass);
}

TEST(SecretsNoInlineValues, AUrlVariableThatHoldsNoUrlMayHoldASecret) {
  EXPECT_EQ(summary_of(id, with("REDIS_URL", "hunter2")),
            "fail: REDIS_URL contains a plaintext secret [compose.yaml:10:7]");
  EXPECT_EQ(status_of(id, with("REDIS_URL", " ")), Outcome::pass);
}

TEST(SecretsNoInlineValues, SaysWhereItComesFromAndNeverTheValue) {
  Container container = with("METRICS_BEARER", "hunter2");
  variable_of(container).interpolated = true;
  const CheckResult interpolated = result_of(id, compose_installation({container}));
  ASSERT_EQ(interpolated.status, Outcome::fail);
  const Finding& finding = interpolated.findings.front();
  EXPECT_EQ(finding.message, "METRICS_BEARER contains a plaintext secret");
  EXPECT_EQ(finding.expected, "METRICS_BEARER_FILE with a mounted secret file");
  EXPECT_EQ(finding.observed, "a value through interpolation");
  EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
  variable_of(container).interpolated = false;
  EXPECT_EQ(result_of(id, compose_installation({container})).findings.front().observed,
            "a literal value");
  variable_of(container).from = ValueFrom::config_map;
  EXPECT_EQ(result_of(id, compose_installation({container})).findings.front().observed,
            "a value from a ConfigMap");
}

TEST(SecretsNoInlineValues, ReportsEachVariable) {
  Container container = with("METRICS_BEARER", "hunter2");
  set_variable(container, "ZONE_KEK", "hunter2");
  set_variable(container, "AUDIT_HMAC_KEY", "");
  const CheckResult result = result_of(id, compose_installation({container}));
  ASSERT_EQ(result.findings.size(), 3U);
  EXPECT_EQ(summary_of(result.findings.at(1)),
            "fail: ZONE_KEK contains a plaintext secret [compose.yaml:10:7]");
  EXPECT_EQ(result.findings.at(2).outcome, Outcome::pass);
}

TEST(SecretsNoInlineValues, LeavesReferencesToTheirOwnCheck) {
  Container container = hardened_pod_container(Component::sts);
  set_secret_reference(container, "ZONE_KEK", "caracal-runtime", "zoneKek");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  variable_of(container).fault = Fault{.reason = UnknownReason::missing_object};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(SecretsNoInlineValues, OtherVariablesAreNotJudgedHere) {
  EXPECT_EQ(status_of(id, with("MY_TOKEN", "hunter2")), Outcome::pass);
  EXPECT_EQ(status_of(id, with("ZONE_KEK_PROVIDER", "local")), Outcome::pass);
}

TEST(SecretsNoInlineValues, IsUnknownWhenTheTextCannotBeDecided) {
  for (const ValueFrom from : {ValueFrom::literal, ValueFrom::config_map}) {
    Container container = hardened_service(Component::sts);
    set_unresolved_variable(container, "ZONE_KEK");
    variable_of(container).from = from;
    EXPECT_EQ(summary_of(id, container), "unknown: X is not set [compose.yaml:10:7]");
  }
}

TEST(SecretsNoInlineValues, IsUnknownWhenNotAllVariablesAreKnown) {
  Container container = packaged_service(Component::sts);
  container.environment.incomplete = Fault{.reason = UnknownReason::missing_object};
  EXPECT_EQ(summary_of(id, container), "unknown:  [compose.yaml:5:3]");
}

TEST(SecretsNoInlineValues, JudgesTheVariablesOfHooks) {
  const Container literal = with("ZONE_KEK", "hunter2");
  Container container = hardened_service(Component::sts);
  container.hooks = {{.origin = container.origin}};
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  container.hooks[0].environment = literal.environment;
  EXPECT_EQ(status_of(id, container), Outcome::fail);
  container.hooks[0].environment = {.incomplete = Fault{.reason = UnknownReason::missing_object}};
  EXPECT_EQ(status_of(id, container), Outcome::unknown);
}

}  // namespace
}  // namespace compliance::test::no_inline_values_test
