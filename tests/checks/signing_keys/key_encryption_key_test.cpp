// signing-keys-key-encryption-key, besides the tests of single_keys_test.cpp
#include <gtest/gtest.h>

#include "tests/checks/signing_keys/single_keys.h"

namespace compliance::test::key_encryption_key_test {
namespace {

constexpr auto id = "signing-keys-key-encryption-key";
const std::vector<Component> readers{Component::sts, Component::api};

INSTANTIATE_TEST_SUITE_P(SigningKeysKeyEncryptionKey, SingleKeys,
                         testing::Values(SingleKey{id, "ZONE_KEK", "zoneKek", readers,
                                                   Severity::critical},
                                         SingleKey{id, "SECRET_STORE_KEK", "secretStoreKek",
                                                   readers, Severity::critical}));

TEST(SigningKeysKeyEncryptionKey, FailsForThirtyThreeBytes) {
  const CheckResult result = result_of(
      id, installation_with_key(readers, "ZONE_KEK", "zoneKek", std::string{good_key} + "ff"));
  EXPECT_EQ(summary_of(result), "fail: the key is not hex of exactly 32 bytes [secrets/zoneKek]");
  EXPECT_EQ(result.findings.front().expected, "hex of exactly 32 bytes");
  EXPECT_EQ(result.findings.front().observed, "hex of 33 bytes");
}

TEST(SigningKeysKeyEncryptionKey, PassesWithEitherName) {
  Installation installation = compose_installation(
      {service_with_key(Component::sts, "ZONE_KEK", "zoneKek"),
       service_with_key(Component::api, "SECRET_STORE_KEK", "secretStoreKek")});
  add_secret_file(installation, "zoneKek", good_key);
  add_secret_file(installation, "secretStoreKek", good_key);
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(SigningKeysKeyEncryptionKey, ASetNameWinsOverAnUndecidableOne) {
  Container container = hardened_service(Component::sts);
  set_variable(container, "ZONE_KEK", "anything");
  set_unresolved_variable(container, "SECRET_STORE_KEK");
  EXPECT_EQ(status_of(id, container), Outcome::pass);
  remove_variable(container, "ZONE_KEK");
  EXPECT_EQ(summary_of(id, container), "unknown: X is not set [compose.yaml:10:7]");
}

TEST(SigningKeysKeyEncryptionKey, AnUndecidableFormerNameIsUnknown) {
  Container container = hardened_service(Component::sts);
  set_unresolved_variable(container, "ZONE_KEK");
  EXPECT_EQ(summary_of(id, container), "unknown: X is not set [compose.yaml:10:7]");
}

TEST(SigningKeysKeyEncryptionKey, NamesBothWhenNeitherIsSet) {
  const CheckResult result =
      result_of(id, compose_installation({hardened_service(Component::api)}));
  EXPECT_EQ(result.findings.front().message, "neither SECRET_STORE_KEK nor ZONE_KEK is set");
}

TEST(SigningKeysKeyEncryptionKey, JudgesFilesOfBothNames) {
  Installation installation = only_secret_files();
  add_secret_file(installation, "zoneKek", "short");
  add_secret_file(installation, "secretStoreKek", good_key);
  EXPECT_EQ(summary_of(id, installation),
            "fail: the key is not hex of exactly 32 bytes [secrets/zoneKek]");
}

TEST(SigningKeysKeyEncryptionKey, IsUnknownFromSecretFilesAloneWhenTheFileIsMissing) {
  Installation installation = only_secret_files();
  add_secret_file(installation, "metricsBearer", "x");
  EXPECT_EQ(result_of(id, installation).unknown_reasons(),
            std::vector{UnknownReason::missing_object});
}

}  // namespace
}  // namespace compliance::test::key_encryption_key_test
