// secrets-distinct-values
#include <gtest/gtest.h>

#include "tests/support/packaged.h"

namespace compliance::test::distinct_values_test {
namespace {

constexpr auto id = "secrets-distinct-values";

Installation with(const std::vector<std::pair<std::string, std::string>>& files) {
  Installation installation = packaged_compose();
  for (const auto& [name, content] : files) {
    add_secret_file(installation, name, content);
  }
  return installation;
}

TEST(SecretsDistinctValues, PassesForDifferentValues) {
  EXPECT_EQ(status_of(id, with({{"auditHmacKey", "aa"}, {"streamsHmacKey", "bb"}})), Outcome::pass);
}

TEST(SecretsDistinctValues, FailsAtBothOfTwoWithOneValue) {
  const CheckResult result =
      result_of(id, with({{"auditHmacKey", "aa"}, {"zoneKek", "bb"}, {"metricsBearer", "aa"}}));
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.at(0).message, "auditHmacKey and metricsBearer have the same value");
  EXPECT_EQ(result.findings.at(1).message, "metricsBearer and auditHmacKey have the same value");
  EXPECT_EQ(result.findings.at(2).outcome, Outcome::pass);
  EXPECT_EQ(result.findings.at(0).object, "secret auditHmacKey");
}

TEST(SecretsDistinctValues, ComparesKeysDecoded) {
  Installation installation = with({{"auditHmacKey", "ab"}, {"streamsHmacKey", "AB"}});
  installation.secrets.files.back().decoded_fingerprint =
      installation.secrets.files.front().decoded_fingerprint;
  EXPECT_EQ(summary_of(id, installation),
            "fail: auditHmacKey and streamsHmacKey have the same value [secrets/auditHmacKey]");
}

TEST(SecretsDistinctValues, CopiesOfOneSecretAreOneSecret) {
  EXPECT_EQ(status_of(id, with({{"auditHmacKey", "aa"}, {"auditHmacKey", "aa"}})), Outcome::pass);
}

TEST(SecretsDistinctValues, AKeyEncryptionKeyKeepsItsValueUnderItsNewName) {
  EXPECT_EQ(status_of(id, with({{"zoneKek", "aa"}, {"secretStoreKek", "aa"}})), Outcome::pass);
  EXPECT_EQ(summary_of(id, with({{"zoneKek", "aa"}, {"auditHmacKey", "aa"}})),
            "fail: zoneKek and auditHmacKey have the same value [secrets/zoneKek]");
  EXPECT_EQ(summary_of(id, with({{"secretStoreKekPrevious", "aa"}, {"secretStoreKek", "aa"}})),
            "fail: secretStoreKekPrevious and secretStoreKek have the same value "
            "[secrets/secretStoreKekPrevious]");
}

TEST(SecretsDistinctValues, UrlsAndOtherFilesAreLeftOut) {
  EXPECT_EQ(status_of(id, with({{"stsDatabaseUrl", "aa"}, {"apiDatabaseUrl", "aa"}})),
            Outcome::not_applicable);
  EXPECT_EQ(status_of(id, with({{"auditHmacKey", "aa"}, {"redisUrl", "aa"}, {"notes", "aa"}})),
            Outcome::pass);
}

TEST(SecretsDistinctValues, EmptyFilesShareNothing) {
  EXPECT_EQ(status_of(id, with({{"auditHmacKey", ""}, {"streamsHmacKey", ""}})), Outcome::pass);
}

TEST(SecretsDistinctValues, IsUnknownForFilesThatCannotBeRead) {
  Installation installation = with({{"auditHmacKey", "aa"}, {"streamsHmacKey", "aa"}});
  installation.secrets.files.back().fault = Fault{.reason = UnknownReason::missing_object};
  const CheckResult result = result_of(id, installation);
  ASSERT_EQ(result.status, Outcome::unknown);
  EXPECT_EQ(result.findings.at(1).outcome, Outcome::pass);
}

}  // namespace
}  // namespace compliance::test::distinct_values_test
