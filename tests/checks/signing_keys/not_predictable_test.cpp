// signing-keys-not-predictable
#include <ostream>

#include <gtest/gtest.h>

#include "tests/checks/signing_keys/keys.h"

namespace compliance::test::not_predictable_test {
namespace {

constexpr auto id = "signing-keys-not-predictable";

Outcome status_for(const std::string& content) {
  return status_of(
      id, installation_with_key({Component::audit}, "AUDIT_HMAC_KEY", "auditHmacKey", content));
}

std::string repeated(const std::string& part, int times) {
  std::string text;
  for (int count = 0; count < times; ++count) {
    text += part;
  }
  return text;
}

struct Predictable {
  const char* name;
  std::string content;
};

class PredictableKeys : public testing::TestWithParam<Predictable> {};

TEST_P(PredictableKeys, Fail) { EXPECT_EQ(status_for(GetParam().content), Outcome::fail); }

INSTANTIATE_TEST_SUITE_P(
    SigningKeysNotPredictable, PredictableKeys,
    testing::Values(Predictable{"AllZero", std::string(64, '0')},
                    Predictable{"OneRepeatedByte", repeated("a5", 32)},
                    Predictable{"Ascending",
                                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"},
                    Predictable{"Descending",
                                "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100"},
                    Predictable{"Alternating", repeated("a55a", 16)},
                    Predictable{
                        "PrintableText",
                        "7468697320697320612076657279206c6f6e67207061737370687261736520796573"},
                    Predictable{"RepeatedTooOften", repeated("9f86d081884c7d65", 4)},
                    Predictable{"ShorterThanSixteenBytes", "9f86d081884c7d659a2feaa0c55ad0"},
                    Predictable{"PlainText", "not hex at all"},
                    Predictable{"OddNumberOfZeros", std::string(65, '0')}),
    [](const auto& row) { return row.param.name; });

TEST(SigningKeysNotPredictable, PassesForARandomKey) {
  EXPECT_EQ(status_for(good_key), Outcome::pass);
}

TEST(SigningKeysNotPredictable, LeavesAnEmptyKeyToTheCheckOfThatKey) {
  const Installation installation =
      installation_with_key({Component::audit}, "AUDIT_HMAC_KEY", "auditHmacKey", "");
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
  EXPECT_EQ(status_of("signing-keys-audit-hmac", installation), Outcome::fail);
  EXPECT_EQ(status_of("signing-keys-distinct", installation), Outcome::pass);
  EXPECT_EQ(status_for("0"), Outcome::fail);
}

TEST(SigningKeysNotPredictable, PassesFor128Bits) {
  EXPECT_EQ(status_for("9f86d081884c7d659a2feaa0c55ad015"), Outcome::pass);
}

TEST(SigningKeysNotPredictable, PassesForRandomBase64WhichIsTheFindingOfOtherRows) {
  EXPECT_EQ(status_for(base64_key), Outcome::pass);
}

TEST(SigningKeysNotPredictable, PassesForRandomTextOfAnOddNumberOfDigits) {
  EXPECT_EQ(status_for(std::string{good_key} + "a"), Outcome::pass);
}

TEST(SigningKeysNotPredictable, NamesThePatternAndNothingElse) {
  const Installation installation = installation_with_key({Component::audit}, "AUDIT_HMAC_KEY",
                                                          "auditHmacKey", std::string(64, '0'));
  const CheckResult result = result_of(id, installation);
  EXPECT_EQ(result.severity, Severity::critical);
  EXPECT_EQ(result.findings.front().observed, "all bytes zero");
  EXPECT_EQ(result.findings.front().object, "secret auditHmacKey");
}

class JudgedKeys : public testing::TestWithParam<const char*> {};

TEST_P(JudgedKeys, AreJudgedFromTheirFiles) {
  Installation installation = only_secret_files();
  for (const char* name :
       {"auditHmacKey", "streamsHmacKey", "gatewayStsHmacKey", "zoneKek", "secretStoreKek",
        "secretStoreKekPrevious", "idempotencyHmacKey", "idempotencyHmacKeyPrevious"}) {
    add_secret_file(installation, name,
                    name == std::string{GetParam()} ? std::string(64, '0') : good_key);
  }
  const CheckResult result = result_of(id, installation);
  EXPECT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.findings.size(), 8U);
  EXPECT_EQ(result.findings.front().object, std::string{"secret "} + GetParam());
}

INSTANTIATE_TEST_SUITE_P(SigningKeysNotPredictable, JudgedKeys,
                         testing::Values("auditHmacKey", "streamsHmacKey", "gatewayStsHmacKey",
                                         "zoneKek", "secretStoreKek", "secretStoreKekPrevious",
                                         "idempotencyHmacKey", "idempotencyHmacKeyPrevious"));

TEST(SigningKeysNotPredictable, DoesNotJudgeOtherSecrets) {
  Installation installation =
      installation_with_key({Component::audit}, "AUDIT_HMAC_KEY", "auditHmacKey", good_key);
  add_secret_file(installation, "metricsBearer", std::string(64, '0'));
  add_secret_file(installation, "unheardOf", std::string(64, '0'));
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(SigningKeysNotPredictable, IsUnknownWhenKeysAreMissing) {
  const CheckResult result = result_of(id, only_secret_files());
  EXPECT_EQ(summary_of(result),
            "unknown: no secret file auditHmacKey is among those configured []");
  EXPECT_EQ(result.findings.size(), 4U);
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::missing_object});
}

TEST(SigningKeysNotPredictable, IsUnknownWithTheReasonOfTheFile) {
  Installation installation =
      installation_with_key({Component::audit}, "AUDIT_HMAC_KEY", "auditHmacKey", good_key);
  installation.secrets.files.front().fault = Fault{.reason = UnknownReason::unreadable};
  EXPECT_EQ(result_of(id, installation).unknown_reasons(), std::vector{UnknownReason::unreadable});
}

TEST(SigningKeysNotPredictable, IsUnknownWithoutSecretFiles) {
  EXPECT_EQ(result_of(id, compose_installation({})).unknown_reasons(),
            std::vector{UnknownReason::not_configured});
}

}  // namespace
}  // namespace compliance::test::not_predictable_test
