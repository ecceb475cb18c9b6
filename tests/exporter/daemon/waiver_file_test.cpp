// The waivers file as the cycle uses it: its problems are logged once, its waivers are applied.
#include "exporter/daemon/waiver_file.h"

#include <string>

#include <gtest/gtest.h>

#include "checks/catalogue.h"
#include "exporter/config/config.h"
#include "exporter/publish/snapshot.h"
#include "tests/support/snapshots.h"
#include "tests/support/temporary_directory.h"

namespace compliance::test::waiver_file_test {
namespace {

constexpr auto good_waiver =
    "- {id: W-1, check: containers-not-privileged, installation: production, reason: x, "
    "approved_by: y, expires: 2030-01-01}\n";
constexpr std::chrono::sys_days before_it_expires{std::chrono::year{2029} / 12 / 1};
constexpr std::chrono::sys_days after_it_expired{std::chrono::year{2030} / 2 / 1};

class WaiverFileTest : public testing::Test {
 protected:
  WaiverFileTest() {
    config_.installations.push_back({.name = "production"});
    config_.waivers_file = directory_.path_of("waivers.yaml");
  }

  // What is logged when the file has this text.
  std::string read(const std::string& text) {
    directory_.write("waivers.yaml", text);
    testing::internal::CaptureStderr();
    file_.read(config_);
    return testing::internal::GetCapturedStderr();
  }

  // A snapshot of that time, with the waivers applied to a failing check.
  Snapshot snapshot_at(std::chrono::sys_seconds now) const {
    CheckResult failed = result_with(*find_check("containers-not-privileged"),
                                     {failing(Component::api, "service x", "privileged")});
    InstallationResult result{.name = "production", .checks = {std::move(failed)}};
    file_.apply_to(result, now);
    Snapshot snapshot;
    snapshot.published_at = now;
    snapshot.installations.push_back({.result = std::move(result)});
    file_.add_to(snapshot);
    return snapshot;
  }

  TemporaryDirectory directory_;
  Config config_;
  WaiverFile file_;
};

TEST_F(WaiverFileTest, MarksTheFindingsThatAnActiveWaiverCovers) {
  EXPECT_EQ(read(good_waiver), "");
  const Snapshot snapshot = snapshot_at(before_it_expires);
  EXPECT_EQ(snapshot.installations.at(0).result.checks.at(0).findings.at(0).waiver, "W-1");
  ASSERT_EQ(snapshot.waivers.size(), 1U);
  EXPECT_EQ(snapshot.waivers.at(0).waiver.id, "W-1");
  EXPECT_EQ(snapshot.waivers.at(0).state, WaiverState::active);
}

TEST_F(WaiverFileTest, ShowsAnExpiredWaiverWithoutApplyingIt) {
  read(good_waiver);
  const Snapshot snapshot = snapshot_at(after_it_expired);
  EXPECT_EQ(snapshot.installations.at(0).result.checks.at(0).findings.at(0).waiver, "");
  EXPECT_EQ(snapshot.waivers.at(0).state, WaiverState::expired);
}

TEST_F(WaiverFileTest, LogsAProblemOnceAndAgainWhenItReturns) {
  const std::string bad = "- {id: W-1, check: no-such-check}\n";
  const std::string logged = read(bad);
  EXPECT_NE(logged.find("level=warn msg=\"invalid waiver ignored\" err="), std::string::npos)
      << logged;
  EXPECT_EQ(read(bad), "");
  EXPECT_EQ(read(good_waiver), "");
  EXPECT_NE(read(bad), "");
}

TEST_F(WaiverFileTest, CountsInvalidEntriesAndKeepsTheGoodOnes) {
  read(std::string{good_waiver} + "- {id: W-2}\n");
  const Snapshot snapshot = snapshot_at(before_it_expires);
  EXPECT_EQ(snapshot.waivers.size(), 1U);
  EXPECT_EQ(snapshot.invalid_waivers, 1U);
}

TEST_F(WaiverFileTest, ForgetsWaiversThatTheFileNoLongerHas) {
  read(good_waiver);
  read("[]\n");
  EXPECT_TRUE(snapshot_at(before_it_expires).waivers.empty());
}

}  // namespace
}  // namespace compliance::test::waiver_file_test
