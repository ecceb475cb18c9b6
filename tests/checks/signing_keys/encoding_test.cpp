// signing-keys-encoding
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/signing_keys/keys.h"

namespace compliance::test::encoding_test {
namespace {

using testing::HasSubstr;

constexpr auto id = "signing-keys-encoding";

Installation with_content(const std::string& content) {
  return installation_with_key({Component::audit}, "AUDIT_HMAC_KEY", "auditHmacKey", content);
}

TEST(SigningKeysEncoding, PassesForHex) {
  EXPECT_EQ(status_of(id, with_content(good_key)), Outcome::pass);
}

TEST(SigningKeysEncoding, FailsForBase64AndSaysWhyThePreflightIsContent) {
  const CheckResult result = result_of(id, with_content(base64_key));
  EXPECT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::medium);
  EXPECT_THAT(result.findings.front().message, HasSubstr("base64, not hex"));
  EXPECT_THAT(result.findings.front().message, HasSubstr("preflight accepts it"));
  EXPECT_EQ(result.findings.front().object, "secret auditHmacKey");
  EXPECT_EQ(result.findings.front().origin.place.text(), "secrets/auditHmacKey");
}

TEST(SigningKeysEncoding, FailsForUrlSafeBase64) {
  EXPECT_EQ(summary_of(id, with_content("-_aG0IGITH1lmi_qoMVa0BWjv08bKwuCLNFdbBWw8Ag")),
            "fail: the key is base64, not hex: the product's preflight accepts it, its services do "
            "not [secrets/auditHmacKey]");
}

TEST(SigningKeysEncoding, PassesForOtherTextWhichIsTheFindingOfTheKeysOwnRow) {
  EXPECT_EQ(status_of(id, with_content("not hex at all")), Outcome::pass);
  EXPECT_EQ(status_of(id, with_content(std::string{good_key} + "a")), Outcome::pass);
}

TEST(SigningKeysEncoding, OneBadKeyAmongGoodOnesFails) {
  Installation installation = with_content(good_key);
  add_secret_file(installation, "idempotencyHmacKeyPrevious", base64_key);
  EXPECT_EQ(summary_of(id, installation),
            "fail: the key is base64, not hex: the product's preflight accepts it, its services do "
            "not [secrets/idempotencyHmacKeyPrevious]");
}

TEST(SigningKeysEncoding, IsUnknownWithTheReasonOfTheFile) {
  Installation installation = with_content(base64_key);
  installation.secrets.files.front().fault = Fault{.reason = UnknownReason::permission_denied};
  EXPECT_EQ(result_of(id, installation).unknown_reasons(),
            std::vector{UnknownReason::permission_denied});
}

TEST(SigningKeysEncoding, IsUnknownWhenKeysAreMissing) {
  EXPECT_EQ(result_of(id, only_secret_files()).unknown_reasons(),
            std::vector{UnknownReason::missing_object});
}

TEST(SigningKeysEncoding, IsUnknownWithoutSecretFiles) {
  EXPECT_EQ(result_of(id, compose_installation({})).unknown_reasons(),
            std::vector{UnknownReason::not_configured});
}

}  // namespace
}  // namespace compliance::test::encoding_test
