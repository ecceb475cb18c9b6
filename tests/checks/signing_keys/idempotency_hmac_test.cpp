// signing-keys-idempotency-hmac, besides the tests of single_keys_test.cpp
#include <gtest/gtest.h>

#include "tests/checks/signing_keys/single_keys.h"

namespace compliance::test::idempotency_hmac_test {
namespace {

constexpr auto id = "signing-keys-idempotency-hmac";

Container coordinator_of(std::string_view release) {
  Container container = hardened_service(Component::coordinator);
  container.release = parse_release(release);
  return container;
}

INSTANTIATE_TEST_SUITE_P(SigningKeysIdempotencyHmac, SingleKeys,
                         testing::Values(SingleKey{id,
                                                   "IDEMPOTENCY_HMAC_KEY",
                                                   "idempotencyHmacKey",
                                                   {Component::coordinator},
                                                   Severity::high}));

TEST(SigningKeysIdempotencyHmac, IsNotApplicableBeforeTheFirstReleaseThatReadsIt) {
  EXPECT_EQ(status_of(id, coordinator_of("v2026.06.25")), Outcome::not_applicable);
}

TEST(SigningKeysIdempotencyHmac, FailsFromTheFirstReleaseOnThatReadsIt) {
  const CheckResult result = result_of(id, compose_installation({coordinator_of("v0.1.0")}));
  EXPECT_EQ(summary_of(result), "fail: IDEMPOTENCY_HMAC_KEY is not set [compose.yaml:5:3]");
  EXPECT_EQ(result.severity, Severity::low);
}

TEST(SigningKeysIdempotencyHmac, IsUnknownWhenTheReleaseIsUnknown) {
  const CheckResult result = result_of(id, compose_installation({coordinator_of("latest")}));
  EXPECT_EQ(summary_of(result),
            "unknown: IDEMPOTENCY_HMAC_KEY is not set, and the release, which decides whether it "
            "is needed, is not known [compose.yaml:5:3]");
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::unresolved_reference});
  EXPECT_EQ(result.findings.front().component, Component::coordinator);
}

TEST(SigningKeysIdempotencyHmac, ASetKeyDecidesWithoutTheRelease) {
  Container container = coordinator_of("latest");
  mount_key(container, "IDEMPOTENCY_HMAC_KEY", "idempotencyHmacKey", "idempotencyHmacKey");
  Installation installation = compose_installation({container});
  add_secret_file(installation, "idempotencyHmacKey", good_key);
  EXPECT_EQ(status_of(id, installation), Outcome::pass);
}

TEST(SigningKeysIdempotencyHmac, AnUndecidableKeyIsUnknownInAnyRelease) {
  Container container = coordinator_of("v2026.06.25");
  set_unresolved_variable(container, "IDEMPOTENCY_HMAC_KEY");
  EXPECT_EQ(result_of(id, compose_installation({container})).findings.front().message,
            "X is not set");
}

TEST(SigningKeysIdempotencyHmac, PassesForKeysLongerThanThirtyTwoBytes) {
  EXPECT_EQ(
      status_of(id, installation_with_key({Component::coordinator}, "IDEMPOTENCY_HMAC_KEY",
                                          "idempotencyHmacKey", std::string{good_key} + "ff")),
      Outcome::pass);
}

TEST(SigningKeysIdempotencyHmac, IsUnknownFromSecretFilesAloneSinceTheReleaseIsNotKnown) {
  EXPECT_EQ(result_of(id, only_secret_files()).unknown_reasons(),
            std::vector{UnknownReason::unresolved_reference});
}

}  // namespace
}  // namespace compliance::test::idempotency_hmac_test
