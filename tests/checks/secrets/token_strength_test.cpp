// secrets-token-strength
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::token_strength_test {
namespace {

constexpr auto id = "secrets-token-strength";

Installation with_bits(const std::string& name, double bits) {
  Installation installation = packaged_compose();
  add_secret_file(installation, name, "x");
  installation.secrets.files.back().shape.estimated_bits = bits;
  return installation;
}

TEST(SecretsTokenStrength, PassesForWhatTheProductGenerates) {
  Installation installation = packaged_compose();
  add_secret_file(installation, "caracalAdminToken",
                  "9f2c4e7ab1d8063579acfe0213bd48679f3c4e7ab1d8163579acfe0413bd4861\n");
  add_secret_file(installation, "postgresPassword",
                  "3b9d06f1c27e84a5d0937cbe6218f54a90d7e3b1c6582f4e");
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(SecretsTokenStrength, TokensNeed128Bits) {
  for (const char* name : {"caracalAdminToken", "metricsBearer", "caracalAuthSecret",
                           "stsAdminToken", "githubClientSecret"}) {
    EXPECT_EQ(status_of(id, with_bits(name, 128)), Outcome::pass) << name;
    EXPECT_EQ(summary_of(id, with_bits(name, 127.9)),
              std::string{"fail: "} + name + " is too easy to guess [secrets/" + name + "]");
  }
}

TEST(SecretsTokenStrength, PasswordsNeed80Bits) {
  for (const char* name : {"postgresPassword", "redisPassword", "apiDbPassword"}) {
    EXPECT_EQ(status_of(id, with_bits(name, 80)), Outcome::pass) << name;
    EXPECT_EQ(summary_of(id, with_bits(name, 79.9)),
              std::string{"fail: "} + name + " is too easy to guess [secrets/" + name + "]");
  }
}

TEST(SecretsTokenStrength, SaysHowMuchThereIsAndHowMuchIsNeeded) {
  const CheckResult result = result_of(id, with_bits("metricsBearer", 41.7));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.front().expected, "at least 128 bits");
  EXPECT_EQ(result.findings.front().observed, "41 bits");
  EXPECT_EQ(result.findings.front().object, "secret metricsBearer");
}

TEST(SecretsTokenStrength, DoesNotApplyToKeysUrlsAndOtherFiles) {
  for (const char* name : {"auditHmacKey", "zoneKek", "databaseUrl", "notes"}) {
    Installation installation = with_bits(name, 1);
    EXPECT_EQ(status_of(id, installation), Outcome::not_applicable) << name;
    installation.secrets.files.back().fault = Fault{.reason = UnknownReason::missing_object};
    EXPECT_EQ(status_of(id, installation), Outcome::not_applicable) << name;
  }
}

TEST(SecretsTokenStrength, IsUnknownForFilesThatCannotBeRead) {
  Installation installation = with_bits("metricsBearer", 256);
  installation.secrets.files.back().fault = Fault{.reason = UnknownReason::permission_denied};
  const CheckResult result = result_of(id, installation);
  EXPECT_EQ(summary_of(result), "unknown:  [secrets/metricsBearer]");
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::permission_denied});
}

}  // namespace
}  // namespace compliance::test::token_strength_test
