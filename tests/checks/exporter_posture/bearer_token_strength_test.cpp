// exporter-posture-bearer-token-strength
#include <gtest/gtest.h>

#include "tests/support/posture.h"

namespace compliance::test::bearer_token_strength_test {
namespace {

constexpr auto id = "exporter-posture-bearer-token-strength";

ProcessPosture with(const std::string& token) {
  ProcessPosture process = hardened_process();
  process.bearer_tokens.front().shape.value = shape_of(token);
  return process;
}

TEST(ExporterPostureBearerTokenStrength, FailsJustBelow128Bits) {
  const CheckResult result = result_of(id, with("f9b1c3e5a7082d4f6b19e3c5a708f2d"));
  // 31 hex
  ASSERT_EQ(result.status, Outcome::fail);
  EXPECT_EQ(result.severity, Severity::high);
  EXPECT_EQ(result.findings.front().expected, "at least 128 bits");
  EXPECT_EQ(result.findings.front().observed, "124 bits");
}

TEST(ExporterPostureBearerTokenStrength, PassesAt128Bits) {
  EXPECT_EQ(status_of(id, with("f9b1c3e5a7082d4f6b19e3c5a708f2d6")), Outcome::pass);
}

TEST(ExporterPostureBearerTokenStrength, FailsForALongTokenThatRepeatsItself) {
  expect_fail(result_of(id, with("Zk3vQ8-xZk3vQ8-xZk3vQ8-xZk3vQ8-xZk3vQ8-x")),
              "the bearer token is too easy to guess", at_process());
  expect_fail(result_of(id, with(std::string(64, 'a'))),
              "the bearer token is a well-known placeholder", at_process());
}

TEST(ExporterPostureBearerTokenStrength, DoesNotShowTheToken) {
  const std::string token = "short-token-Qx7";
  const CheckResult result = result_of(id, with(token));
  ASSERT_EQ(result.status, Outcome::fail);
  for (const Finding& finding : result.findings) {
    for (const std::string& text : {finding.message, finding.expected, finding.observed}) {
      EXPECT_EQ(text.find("Qx7"), std::string::npos) << text;
    }
  }
}

TEST(ExporterPostureBearerTokenStrength, FailsForAPlaceholder) {
  ProcessPosture process = hardened_process();
  process.bearer_tokens.front().shape.value->placeholder = true;
  const Finding finding = expect_fail(result_of(id, process),
                                      "the bearer token is a well-known placeholder", at_process());
  EXPECT_EQ(finding.observed, "a placeholder");
}

TEST(ExporterPostureBearerTokenStrength, FailsWhenOneOfTwoIsWeak) {
  ProcessPosture process = hardened_process();
  process.bearer_tokens.push_back(process.bearer_tokens.front());
  process.bearer_tokens.back().shape.value->estimated_bits = 127.9;
  expect_fail(result_of(id, process), "the bearer token is too easy to guess", at_process());
}

TEST(ExporterPostureBearerTokenStrength, IsUnknownWhenATokenCannotBeRead) {
  ProcessPosture process = hardened_process();
  process.bearer_tokens.front().shape = unreadable_fact<SecretProperties>();
  expect_unknown(result_of(id, process),
                 {.reason = UnknownReason::permission_denied, .message = "refused"}, Origin{});
  process.bearer_tokens.clear();
  expect_unknown(
      result_of(id, process),
      {.reason = UnknownReason::not_observable, .message = "no bearer token file is known"},
      at_process());
}

}  // namespace
}  // namespace compliance::test::bearer_token_strength_test
