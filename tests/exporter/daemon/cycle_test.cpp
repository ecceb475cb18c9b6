// One cycle: which installations are read and evaluated again, and what the snapshot then holds.
#include "exporter/daemon/cycle.h"

#include "exporter/daemon/service_environment.h"
#include "tests/exporter/daemon/one_cycle.h"
#include "tests/exporter/daemon/one_installation.h"
#include "tests/support/exposition.h"

namespace compliance::test::cycle_test {
namespace {

using CycleTest = OneInstallation;

TEST_F(CycleTest, EvaluatesOnlyTheInstallationsWhoseFilesChanged) {
  Config two = config();
  two.installations.push_back(
      {.name = "staging",
       .compose = ComposeConfig{.files = {directory_.write("other.yaml", privileged_compose)}}});
  OneCycle one{two, environment()};
  const auto before = one.cycle.run({.everything = true});
  write(privileged_compose);
  directory_.write("other.yaml", unprivileged_compose);
  const auto after = one.cycle.run({.changed = {.sources = {{0, {Source::compose}}}}});
  EXPECT_EQ(status_of(*after), Outcome::fail);
  EXPECT_NE(history_of(*after).last_evaluated, history_of(*before).last_evaluated);
  EXPECT_EQ(after->installations.at(1).result, before->installations.at(1).result);
  EXPECT_EQ(history_of(*after, 1).last_evaluated, history_of(*before, 1).last_evaluated);
}

TEST_F(CycleTest, EvaluatesInstallationsWithNewAnswersWithoutReadingTheirFiles) {
  OneCycle one{config(), environment()};
  const auto before = one.cycle.run({.everything = true});
  write(privileged_compose);
  const auto after = one.cycle.run({.answered = {"production"}});
  EXPECT_EQ(status_of(*after), Outcome::pass);
  EXPECT_NE(history_of(*after).last_evaluated, history_of(*before).last_evaluated);
}

TEST_F(CycleTest, ReadsEverythingWhenThereIsNoSnapshotByThisConfiguration) {
  OneCycle one{config(), environment()};
  EXPECT_EQ(status_of(*one.cycle.run({})), Outcome::pass);
  one.cycle.configure(config("renamed"));
  const auto snapshot = one.cycle.run({.answered = {"production"}});
  EXPECT_EQ(snapshot->installations.at(0).result.name, "renamed");
  EXPECT_EQ(status_of(*snapshot), Outcome::pass);
}

TEST_F(CycleTest, IgnoresChangesOfInstallationsThatTheConfigurationNoLongerHas) {
  OneCycle one{config(), environment()};
  const auto before = one.cycle.run({.everything = true});
  const auto after = one.cycle.run({.changed = {.sources = {{1, {Source::compose}}}}});
  EXPECT_EQ(after->installations.at(0).result, before->installations.at(0).result);
}

TEST_F(CycleTest, AppliesAChangedWaiversFileToAllInstallations) {
  Config waived = config();
  waived.waivers_file = directory_.write("waivers.yaml", "[]\n");
  write(privileged_compose);
  OneCycle one{waived, environment()};
  EXPECT_TRUE(one.cycle.run({.everything = true})->waivers.empty());
  directory_.write("waivers.yaml",
                   "- {id: W-1, check: containers-not-privileged, installation: production, "
                   "reason: x, approved_by: y, expires: 2030-01-01}\n");
  const auto snapshot = one.cycle.run({.changed = {.waivers = true}});
  ASSERT_EQ(snapshot->waivers.size(), 1U);
  EXPECT_EQ(snapshot->waivers.at(0).state, WaiverState::active);
}

TEST_F(CycleTest, KeepsTheTimeOfTheLastDefiniteVerdictWhileUnknown) {
  OneCycle one{config(), environment()};
  const auto good = one.cycle.run({.everything = true});
  write("services: [");
  const auto broken = one.cycle.run({.everything = true});
  EXPECT_EQ(status_of(*broken), Outcome::unknown);
  EXPECT_FALSE(broken->installations.at(0).sources.at(0).up);
  EXPECT_EQ(history_of(*broken).last_evaluated, history_of(*good).last_evaluated);
  EXPECT_NE(one.metrics.render().find("{source=\"compose\",reason=\"unparsable\"} 1\n"),
            std::string::npos);
}

TEST_F(CycleTest, MeasuresEveryEvaluation) {
  OneCycle one{config(), environment()};
  one.cycle.run({.everything = true});
  one.cycle.run({.everything = true});
  const std::string count = "evaluation_duration_seconds_count";
  EXPECT_EQ(lines_of(one.metrics.render(), count), count + " 2\n");
}

TEST_F(CycleTest, LeavesRoomForTheRuntimeMetricsBelowTheLimitOfSeries) {
  Config limited = config();
  limited.limits.max_series = 1'000;
  OneCycle one{limited, environment()};
  EXPECT_EQ(one.cycle.run({.everything = true})->max_series, 1'000 - one.metrics.series());
  limited.limits.max_series = 1;
  one.cycle.configure(limited);
  EXPECT_EQ(one.cycle.run({.everything = true})->max_series, 0U);
}

TEST_F(CycleTest, HasEveryAnswerAfterProbing) {
  Config probing = config();
  // Nothing listens on the discard port of loopback: the answer is a refused connection.
  probing.installations.at(0).endpoints.list.push_back({.url = "https://127.0.0.1:9/"});
  OneCycle one{probing, environment()};
  std::size_t probed = 0;
  std::size_t targets = 0;
  const auto snapshot = one.cycle.run_after_probing([&](std::size_t done, std::size_t all) {
    probed = done;
    targets = all;
  });
  EXPECT_EQ(probed, targets);
  const std::vector<SourceState>& sources = snapshot->installations.at(0).sources;
  ASSERT_EQ(sources.size(), 2U);
  EXPECT_EQ(sources.at(1).source, Source::endpoint);
  EXPECT_FALSE(sources.at(1).up);
}

}  // namespace
}  // namespace compliance::test::cycle_test
