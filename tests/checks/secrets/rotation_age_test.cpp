// secrets-rotation-age
#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "tests/support/packaged.h"

namespace compliance::test::rotation_age_test {
namespace {

constexpr auto id = "secrets-rotation-age";

Installation with_age(const std::string& name, std::chrono::seconds age) {
  Installation installation = packaged_compose();
  add_secret_file(installation, name, "x");
  installation.secrets.files.back().changed_at = installation.observed_at - age;
  return installation;
}

constexpr std::chrono::seconds limit = std::chrono::days{90};

TEST(SecretsRotationAge, PassesUpToTheLimitAndFailsBeyondIt) {
  for (const char* name :
       {"auditHmacKey", "secretStoreKek", "metricsBearer", "postgresPassword", "redisUrl"}) {
    EXPECT_EQ(status_of(id, with_age(name, limit)), Outcome::pass) << name;
    EXPECT_EQ(summary_of(id, with_age(name, limit + std::chrono::seconds{1})),
              std::string{"fail: "} + name +
                  " has not been rotated within the maximum age [secrets/" + name + "]");
  }
}

TEST(SecretsRotationAge, PassesForAClockThatIsAhead) {
  EXPECT_EQ(status_of(id, with_age("auditHmacKey", std::chrono::seconds{-5})), Outcome::pass);
}

TEST(SecretsRotationAge, SaysTheAgeInWholeDays) {
  const CheckResult result =
      result_of(id, with_age("auditHmacKey", std::chrono::days{100} + std::chrono::hours{5}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::low);
  EXPECT_EQ(result.findings.front().expected, "at most 90 days");
  EXPECT_EQ(result.findings.front().observed, "100 days");
}

TEST(SecretsRotationAge, TheSiteChoosesTheLimit) {
  EvaluationSettings settings;
  settings.policy.secret_max_age = std::chrono::days{5};
  const Installation installation = with_age("auditHmacKey", std::chrono::days{6});
  EXPECT_EQ(
      summary_of(evaluate_check(*find_check(id), installation, settings)),
      "fail: auditHmacKey has not been rotated within the maximum age [secrets/auditHmacKey]");
}

TEST(SecretsRotationAge, DoesNotApplyToWhatHasNoRotationPathAndToOtherFiles) {
  for (const char* name :
       {"zoneKek", "databaseUrl", "stsDatabaseUrl", "authDatabaseUrl", "notes"}) {
    EXPECT_EQ(status_of(id, with_age(name, 2 * limit)), Outcome::not_applicable) << name;
  }
}

TEST(SecretsRotationAge, IsUnknownWhereTheTimeSaysNothing) {
  Installation projected = with_age("auditHmacKey", std::chrono::days{1});
  projected.secrets.files.back().projected = true;
  const CheckResult result = result_of(id, projected);
  EXPECT_EQ(summary_of(result),
            "unknown: the file does not show when the secret was changed [secrets/auditHmacKey]");
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::not_observable});
  Installation timeless = with_age("auditHmacKey", std::chrono::days{1});
  timeless.secrets.files.back().changed_at.reset();
  EXPECT_EQ(summary_of(id, timeless),
            "unknown: the file does not show when the secret was changed [secrets/auditHmacKey]");
}

TEST(SecretsRotationAge, IsUnknownForFilesThatAreNotThere) {
  Installation installation = with_age("auditHmacKey", std::chrono::days{1});
  installation.secrets.files.back().fault = Fault{.reason = UnknownReason::missing_object};
  const CheckResult result = result_of(id, installation);
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::missing_object});
}

}  // namespace
}  // namespace compliance::test::rotation_age_test
