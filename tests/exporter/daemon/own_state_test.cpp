// What the daemon measures of itself, as snapshots show it.
#include "exporter/daemon/own_state.h"

#include <numeric>

#include <gtest/gtest.h>

#include "exporter/publish/snapshot.h"

namespace compliance::own_state_test {
namespace {

constexpr Instant started{std::chrono::seconds{1'800'000'000}};

Snapshot snapshot_of(const OwnState& state) {
  Snapshot snapshot;
  state.copy_to(snapshot);
  return snapshot;
}

std::uint64_t count_of(const Histogram& histogram) {
  return std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::uint64_t{0});
}

TEST(OwnState, CountsErrorsBySourceAndReason) {
  OwnState state{started};
  state.count_source_error(Source::compose, UnknownReason::unparsable);
  state.count_source_error(Source::compose, UnknownReason::unparsable);
  state.count_source_error(Source::secrets, UnknownReason::unparsable);
  const auto errors = snapshot_of(state).source_errors;
  EXPECT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors.at({Source::compose, UnknownReason::unparsable}), 2U);
}

TEST(OwnState, KeepsDurationsApart) {
  OwnState state{started};
  state.observe_evaluation(std::chrono::milliseconds{250});
  state.observe_drift(std::chrono::seconds{2});
  state.observe_drift(std::chrono::minutes{1});
  const Snapshot snapshot = snapshot_of(state);
  EXPECT_EQ(count_of(snapshot.evaluation_duration), 1U);
  EXPECT_DOUBLE_EQ(snapshot.evaluation_duration.sum, 0.25);
  EXPECT_EQ(count_of(snapshot.drift_latency), 2U);
  EXPECT_DOUBLE_EQ(snapshot.drift_latency.sum, 62);
}

TEST(OwnState, TakesTheStartForASuccessfulReload) {
  const Snapshot snapshot = snapshot_of(OwnState{started});
  EXPECT_TRUE(snapshot.last_reload_successful);
  EXPECT_EQ(snapshot.last_reload_success, started);
}

TEST(OwnState, KeepsTheTimeOfTheLastSuccessfulReload) {
  OwnState state{started};
  state.set_reload(true, started + std::chrono::seconds{1});
  state.set_reload(false, started + std::chrono::seconds{2});
  const Snapshot snapshot = snapshot_of(state);
  EXPECT_FALSE(snapshot.last_reload_successful);
  EXPECT_EQ(snapshot.last_reload_success, started + std::chrono::seconds{1});
}

}  // namespace
}  // namespace compliance::own_state_test
