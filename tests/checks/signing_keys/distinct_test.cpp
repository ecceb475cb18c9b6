// signing-keys-distinct
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/signing_keys/keys.h"

namespace compliance::test::distinct_test {
namespace {

using testing::HasSubstr;

constexpr auto id = "signing-keys-distinct";

// The four keys of old releases with the first two as given.
Installation with_keys(const std::string& audit, const std::string& streams) {
  Installation installation = only_secret_files();
  add_secret_file(installation, "auditHmacKey", audit);
  add_secret_file(installation, "streamsHmacKey", streams);
  add_secret_file(installation, "gatewayStsHmacKey", std::string{good_key} + "01");
  add_secret_file(installation, "zoneKek", std::string{good_key} + "02");
  return installation;
}

Installation with_files(const std::string& one, const std::string& other) {
  Installation installation = with_keys(std::string{good_key} + "03", other_key);
  std::erase_if(installation.secrets.files, [&](const SecretFile& file) {
    return file.logical_name == one || file.logical_name == other;
  });
  add_secret_file(installation, one, good_key);
  add_secret_file(installation, other, good_key);
  return installation;
}

TEST(SigningKeysDistinct, PassesWhenAllDiffer) {
  const CheckResult result = result_of(id, with_keys(good_key, other_key));
  EXPECT_EQ(result.status, Outcome::pass);
  EXPECT_EQ(result.findings.size(), 4U);
}

TEST(SigningKeysDistinct, FailsForEachOfTwoThatAreEqual) {
  const CheckResult result = result_of(id, with_keys(good_key, good_key));
  EXPECT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::high);
  EXPECT_EQ(result.findings[0].object, "secret auditHmacKey");
  EXPECT_THAT(result.findings[0].message, HasSubstr("streamsHmacKey"));
  EXPECT_EQ(result.findings[1].object, "secret streamsHmacKey");
  EXPECT_THAT(result.findings[1].message, HasSubstr("auditHmacKey"));
  EXPECT_EQ(result.findings[2].outcome, Outcome::pass);
}

TEST(SigningKeysDistinct, ComparesTheDecodedBytes) {
  Installation installation = with_keys(good_key, other_key);
  installation.secrets.files[1].decoded_fingerprint =
      installation.secrets.files[0].decoded_fingerprint;
  EXPECT_EQ(summary_of(id, installation),
            "fail: has the same value as the secret streamsHmacKey [secrets/auditHmacKey]");
  installation = with_keys(good_key, other_key);
  installation.secrets.files[1].text_fingerprint = installation.secrets.files[0].text_fingerprint;
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(SigningKeysDistinct, AKeyEncryptionKeyKeepsItsValueUnderItsNewName) {
  EXPECT_EQ(status_of(id, with_files("zoneKek", "secretStoreKek")), Outcome::pass);
  EXPECT_EQ(status_of(id, with_files("secretStoreKek", "zoneKek")), Outcome::pass);
  EXPECT_EQ(status_of(id, with_files("zoneKek", "secretStoreKekPrevious")), Outcome::pass);
}

TEST(SigningKeysDistinct, OtherKeysMayNotEqualAKeyEncryptionKey) {
  EXPECT_EQ(summary_of(id, with_files("zoneKek", "auditHmacKey")),
            "fail: has the same value as the secret zoneKek [secrets/auditHmacKey]");
  EXPECT_EQ(summary_of(id, with_files("secretStoreKek", "auditHmacKey")),
            "fail: has the same value as the secret secretStoreKek [secrets/auditHmacKey]");
  EXPECT_EQ(
      summary_of(id, with_files("secretStoreKek", "secretStoreKekPrevious")),
      "fail: has the same value as the secret secretStoreKekPrevious [secrets/secretStoreKek]");
}

TEST(SigningKeysDistinct, DoesNotCompareOtherSecrets) {
  Installation installation = with_keys(good_key, other_key);
  add_secret_file(installation, "metricsBearer", good_key);
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(SigningKeysDistinct, IsUnknownWhenOneCannotBeRead) {
  Installation installation = with_keys(good_key, good_key);
  installation.secrets.files[0].fault = Fault{.reason = UnknownReason::unreadable};
  EXPECT_EQ(summary_of(id, installation), "unknown:  [secrets/auditHmacKey]");
  installation = with_keys(good_key, good_key);
  installation.secrets.files[1].fault = Fault{.reason = UnknownReason::unreadable};
  EXPECT_EQ(summary_of(id, installation), "unknown:  [secrets/streamsHmacKey]");
}

TEST(SigningKeysDistinct, IsUnknownWhenKeysAreMissing) {
  EXPECT_EQ(result_of(id, only_secret_files()).unknown_reasons(),
            std::vector{UnknownReason::missing_object});
}

TEST(SigningKeysDistinct, IsUnknownWithoutSecretFiles) {
  EXPECT_EQ(result_of(id, compose_installation({})).unknown_reasons(),
            std::vector{UnknownReason::not_configured});
}

}  // namespace
}  // namespace compliance::test::distinct_test
