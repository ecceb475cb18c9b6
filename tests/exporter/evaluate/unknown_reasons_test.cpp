// Which unknown results somebody has to look at.
#include "exporter/evaluate/unknown_reasons.h"

#include <gtest/gtest.h>

#include "tests/support/snapshots.h"

namespace compliance::test::unknown_reasons_test {
namespace {

CheckResult unknown_for(const std::vector<UnknownReason>& reasons) {
  std::vector<Finding> findings;
  findings.reserve(reasons.size());
  for (const UnknownReason reason : reasons) {
    findings.push_back(undecided(Component::api, "a", reason, "m"));
  }
  return result_with(sample_mode, std::move(findings));
}

TEST(Unjudged, ExpectsWhatIsNotConfiguredNotObservableOrPending) {
  for (const auto reason :
       {UnknownReason::not_configured, UnknownReason::not_observable, UnknownReason::pending}) {
    EXPECT_TRUE(is_expected(reason));
    EXPECT_FALSE(is_evaluation_failure(unknown_for({reason})));
    EXPECT_EQ(primary_reason(unknown_for({reason})), reason);
  }
}

TEST(Unjudged, ExpectsNoOtherReason) {
  for (auto number = static_cast<int>(UnknownReason::unreadable);
       number <= static_cast<int>(UnknownReason::internal_error); ++number) {
    const auto reason = static_cast<UnknownReason>(number);
    const bool expected =
        reason == UnknownReason::not_observable || reason == UnknownReason::pending;
    EXPECT_EQ(is_expected(reason), expected) << name_of(reason);
    EXPECT_EQ(is_evaluation_failure(unknown_for({reason})), !expected) << name_of(reason);
  }
}

TEST(Unjudged, IsLedByTheReasonThatAsksForAttention) {
  const CheckResult result = unknown_for({UnknownReason::not_configured, UnknownReason::timeout});
  EXPECT_EQ(primary_reason(result), UnknownReason::timeout);
  EXPECT_TRUE(is_evaluation_failure(result));
}

TEST(Unjudged, HasNoReasonWhereTheCheckIsNotUnknown) {
  const auto failing_too =
      result_with(sample_mode, {failing(Component::api, "a", "m"),
                                undecided(Component::api, "a", UnknownReason::timeout, "m")});
  EXPECT_EQ(primary_reason(failing_too), std::nullopt);
  EXPECT_FALSE(is_evaluation_failure(failing_too));
}

}  // namespace
}  // namespace compliance::test::unknown_reasons_test
