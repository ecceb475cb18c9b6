// Waivers cover what they name until they end, and nothing else; verdicts stay as they are.
#include "exporter/evaluate/waivers.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/snapshots.h"

namespace compliance::waivers_test {
namespace {

using testing::ElementsAre;

const std::chrono::sys_seconds now{std::chrono::seconds{1'800'000'000}};

Waiver waiver_until(std::chrono::sys_seconds expires) {
  return {.id = "w-1",
          .check = std::string{test::sample_mode.id},
          .installation = "production",
          .reason = "r",
          .approved_by = "a",
          .expires = expires};
}

const Waiver good = waiver_until(now + std::chrono::days{30});

// Two failing services and one that passes.
InstallationResult result() {
  return {.name = "production",
          .checks = {test::result_with(test::sample_mode,
                                       {test::failing(Component::api, "service api", "m"),
                                        test::failing(Component::sts, "service sts", "m"),
                                        test::passing(Component::audit, "service audit")})}};
}

// The ids that the findings have with these waivers.
std::vector<std::string> ids_with(const std::vector<Waiver>& waivers,
                                  InstallationResult judged = result()) {
  apply_waivers(judged, waivers, now);
  std::vector<std::string> ids;
  for (const Finding& finding : judged.checks.front().findings) {
    ids.push_back(finding.waiver);
  }
  return ids;
}

Waiver with(const std::function<void(Waiver&)>& change) {
  Waiver waiver = good;
  change(waiver);
  return waiver;
}

TEST(Waivers, CoverEveryFailingFindingOfTheirCheck) {
  EXPECT_THAT(ids_with({good}), ElementsAre("w-1", "w-1", ""));
}

TEST(Waivers, CoverNothingOfAnotherCheckOrInstallation) {
  EXPECT_THAT(ids_with({with([](Waiver& w) { w.check = "other"; }),
                        with([](Waiver& w) { w.installation = "staging"; })}),
              ElementsAre("", "", ""));
}

TEST(Waivers, CoverOneComponentOrObjectWhereTheyNameIt) {
  EXPECT_THAT(ids_with({with([](Waiver& w) { w.component = Component::sts; })}),
              ElementsAre("", "w-1", ""));
  EXPECT_THAT(ids_with({with([](Waiver& w) { w.object = "service api"; })}),
              ElementsAre("w-1", "", ""));
  EXPECT_THAT(ids_with({with([](Waiver& w) {
                w.component = Component::sts;
                w.object = "service api";
              })}),
              ElementsAre("", "", ""));
}

TEST(Waivers, EndAtTheirMomentAndNotBefore) {
  EXPECT_THAT(ids_with({waiver_until(now)}), ElementsAre("", "", ""));
  EXPECT_THAT(ids_with({waiver_until(now + std::chrono::seconds{1})}),
              ElementsAre("w-1", "w-1", ""));
}

TEST(Waivers, GiveWayToTheOneThatLastsLongest) {
  const Waiver longer = with([](Waiver& w) {
    w.id = "longer";
    w.expires += std::chrono::days{1};
  });
  EXPECT_THAT(ids_with({good, longer}), ElementsAre("longer", "longer", ""));
  EXPECT_THAT(ids_with({longer, good}), ElementsAre("longer", "longer", ""));
}

TEST(Waivers, AreTakenBackWhenTheyAreGone) {
  InstallationResult judged = result();
  apply_waivers(judged, {good}, now);
  apply_waivers(judged, {}, now);
  EXPECT_EQ(judged, result());
}

TEST(IsWaived, MeansThatEveryFailureIsCovered) {
  InstallationResult judged = result();
  apply_waivers(judged, {with([](Waiver& w) { w.component = Component::sts; })}, now);
  EXPECT_FALSE(is_waived(judged.checks.front()));
  apply_waivers(judged, {good}, now);
  EXPECT_TRUE(is_waived(judged.checks.front()));
  EXPECT_EQ(judged.checks.front().status, Outcome::fail) << "the verdict is never altered";
}

TEST(IsWaived, IsNeverTrueOfWhatDoesNotFail) {
  EXPECT_FALSE(is_waived(
      test::result_with(test::sample_mode, {test::passing(Component::api, "service api")})));
}

TEST(StatesOf, WaiversAreTheFirstThatApplies) {
  const InstallationResult judged = result();
  const auto state = [&](const Waiver& waiver) {
    return states_of({waiver}, {&judged}, now).front();
  };
  EXPECT_EQ(state(waiver_until(now)), WaiverState::expired);
  EXPECT_EQ(state(with([](Waiver& w) { w.component = Component::audit; })), WaiverState::unused);
  EXPECT_EQ(state(with([](Waiver& w) { w.installation = "gone"; })), WaiverState::unused);
  EXPECT_EQ(state(waiver_until(now + expiring_within)), WaiverState::expiring);
  EXPECT_EQ(state(waiver_until(now + expiring_within + std::chrono::seconds{1})),
            WaiverState::active);
}

}  // namespace
}  // namespace compliance::waivers_test
