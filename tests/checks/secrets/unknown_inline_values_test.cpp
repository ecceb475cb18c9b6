// secrets-unknown-inline-values
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::unknown_inline_values_test {
namespace {

constexpr auto id = "secrets-unknown-inline-values";

// 24 characters out of letters and digits: about 143 bits.
constexpr auto random_text = "q7Zk2mXw9RtB4nLv8PcD6yHs";

Container with(const std::string& name, const std::string& value) {
  Container container = hardened_service(Component::other);
  set_variable(container, name, value);
  return container;
}

TEST(SecretsUnknownInlineValues, PassesForThePackagedInstallations) {
  EXPECT_EQ(status_of(id, packaged_compose()), Outcome::pass);
  EXPECT_EQ(status_of(id, packaged_kubernetes()), Outcome::pass);
}

TEST(SecretsUnknownInlineValues, FailsForNamesWithASecretWord) {
  for (const char* name :
       {"MY_KEY",          "STRIPE_API_KEYS", "SLACK_TOKEN", "TOKEN",    "APP_SECRET",
        "SECRET_KEY_BASE", "DB_PASSWORD",     "DB_PASSWD",   "DB_PASS",  "DB_PWD",
        "MY_CREDENTIALS",  "PRIVATE_PEM",     "BEARER_TEXT", "OUR_HMAC", "KEK_TEXT",
        "SSH_PASSPHRASE",  "MYAPIKEY",        "DBPASSWORD",  "my_token", "CLIENTSECRET",
        "SLACKTOKEN",      "SECRETS"}) {
    EXPECT_EQ(
        summary_of(id, with(name, random_text)),
        std::string{"fail: "} + name + " contains what looks like a secret [compose.yaml:10:7]");
  }
}

TEST(SecretsUnknownInlineValues, PassesForNamesWithoutSuchAWord) {
  for (const char* name :
       {"MONKEY", "KEYBOARD_LAYOUT", "KEYCLOAK_REALM", "TOKENIZER", "COMPASS", "BUILD_ID",
        "PASSENGER_APP", "SSH_PUBLIC_KEY", "MY_KEY_PATH", "TOKEN_URL", "TOKEN_URI",
        "TOKEN_ENDPOINT", "SECRET_NAME", "KEY_DIR", "SECRETS_HOST", "API_KEY_FILE"}) {
    EXPECT_EQ(status_of(id, with(name, random_text)), Outcome::pass) << name;
  }
}

TEST(SecretsUnknownInlineValues, ThePackagedNamesThatLookSecretNeverMatch) {
  for (const char* name :
       {"STS_SECRET_VERIFY_CONCURRENCY", "CARACAL_PASSWORD_SIGNUP", "CARACAL_SECRET_BACKEND",
        "CARACAL_SECRETS_DIR", "CARACAL_INFISICAL_SECRET_PATH", "ZONE_KEK_PROVIDER",
        "CONTROL_API_TOKEN_FILE"}) {
    EXPECT_EQ(status_of(id, with(name, random_text)), Outcome::pass) << name;
    EXPECT_EQ(status_of(id, with(name, "https://user:hunter2@host/")), Outcome::pass) << name;
  }
}

TEST(SecretsUnknownInlineValues, ShortOrRegularTextsAreNoSecrets) {
  EXPECT_EQ(status_of(id, with("MY_KEY", "q7Zk2mXw9RtB4nLv8Pc")), Outcome::pass);
  EXPECT_EQ(summary_of(id, with("MY_KEY", "q7Zk2mXw9RtB4nLv8PcD")),
            "fail: MY_KEY contains what looks like a secret [compose.yaml:10:7]");
  EXPECT_EQ(status_of(id, with("MY_KEY", std::string(40, 'a'))), Outcome::pass);
  EXPECT_EQ(status_of(id, with("MY_KEY", "10293847561029384756")), Outcome::pass);
}

TEST(SecretsUnknownInlineValues, FailsForAnyUrlWithAPassword) {
  const CheckResult result = result_of(
      id, compose_installation({with("UPSTREAM_PROXY", "http://user:hunter2@proxy:3128")}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().message, "UPSTREAM_PROXY contains a password");
  EXPECT_EQ(result.findings.front().observed, "an address with a password");
  EXPECT_EQ(status_of(id, with("UPSTREAM_PROXY", "http://user@proxy:3128")), Outcome::pass);
}

TEST(SecretsUnknownInlineValues, SecretsOfTheInventoryAreAnotherChecks) {
  EXPECT_EQ(status_of(id, with("CARACAL_ADMIN_TOKEN", random_text)), Outcome::pass);
  EXPECT_EQ(status_of(id, with("DATABASE_URL", "a://b:hunter2@c")), Outcome::pass);
}

TEST(SecretsUnknownInlineValues, NeverShowsTheValue) {
  const CheckResult result = result_of(id, compose_installation({with("MY_KEY", random_text)}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::medium);
  EXPECT_EQ(result.findings.front().message, "MY_KEY contains what looks like a secret");
  EXPECT_EQ(result.findings.front().observed, "a long random text");
}

TEST(SecretsUnknownInlineValues, ReferencesAreNoTexts) {
  Container container = hardened_pod_container(Component::api);
  set_secret_reference(container, "MY_KEY", "mine", "key");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
}

TEST(SecretsUnknownInlineValues, IsUnknownWhenASecretLookingTextCannotBeDecided) {
  Container container = hardened_service(Component::api);
  set_unresolved_variable(container, "MY_KEY");
  EXPECT_EQ(summary_of(id, container), "unknown: X is not set [compose.yaml:10:7]");
  Container harmless = hardened_service(Component::api);
  set_unresolved_variable(harmless, "LOG_LEVEL");
  EXPECT_EQ(status_of(id, harmless), Outcome::pass);
  Container incomplete = hardened_service(Component::api);
  incomplete.environment.incomplete = Fault{.reason = UnknownReason::missing_object};
  EXPECT_EQ(summary_of(id, incomplete), "unknown:  [compose.yaml:5:3]");
}

}  // namespace
}  // namespace compliance::test::unknown_inline_values_test
