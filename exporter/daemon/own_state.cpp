// What the daemon measures of itself.
#include "exporter/daemon/own_state.h"

#include <vector>

#include "exporter/publish/snapshot.h"

namespace compliance {
namespace {

// Seconds; a cycle over one installation takes milliseconds, one over 10,000 objects about one.
Histogram durations() {
  Histogram histogram{
      .bounds = {0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}};
  histogram.counts.resize(histogram.bounds.size() + 1);
  return histogram;
}

}  // namespace

OwnState::OwnState(Instant started)
    : evaluation_duration_(durations()),
      drift_latency_(durations()),
      last_reload_success_(started) {}

void OwnState::count_source_error(Source source, UnknownReason reason) {
  const std::scoped_lock lock(mutex_);
  ++source_errors_[{source, reason}];
}

void OwnState::observe_evaluation(std::chrono::duration<double> elapsed) {
  const std::scoped_lock lock(mutex_);
  evaluation_duration_.observe(elapsed.count());
}

void OwnState::observe_drift(std::chrono::duration<double> latency) {
  const std::scoped_lock lock(mutex_);
  drift_latency_.observe(latency.count());
}

void OwnState::set_reload(bool successful, Instant now) {
  const std::scoped_lock lock(mutex_);
  last_reload_successful_ = successful;
  last_reload_success_ = successful ? now : last_reload_success_;
}

void OwnState::copy_to(Snapshot& snapshot) const {
  const std::scoped_lock lock(mutex_);
  snapshot.source_errors = source_errors_;
  snapshot.evaluation_duration = evaluation_duration_;
  snapshot.drift_latency = drift_latency_;
  snapshot.last_reload_successful = last_reload_successful_;
  snapshot.last_reload_success = last_reload_success_;
}

}  // namespace compliance
