// What the daemon measures of itself: failures of sources, durations, and the last reload.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "checks/facts/origin.h"
#include "checks/facts/unknown_reason.h"
#include "exporter/base/histogram.h"
#include "exporter/base/instant.h"

namespace compliance {

struct Snapshot;

// All calls are safe from all threads.
class OwnState {
 public:
  // Until the first reload, the start counts as the last successful one.
  explicit OwnState(Instant started);

  void count_source_error(Source source, UnknownReason reason);

  // How long one cycle took from observing to recording.
  void observe_evaluation(std::chrono::duration<double> elapsed);

  // The time from a noticed file change to the snapshot that shows it.
  void observe_drift(std::chrono::duration<double> latency);

  void set_reload(bool successful, Instant now);

  void copy_to(Snapshot& snapshot) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<Source, UnknownReason>, std::uint64_t> source_errors_;
  Histogram evaluation_duration_;
  Histogram drift_latency_;
  bool last_reload_successful_ = true;
  Instant last_reload_success_;
};

}  // namespace compliance
