// One cycle: observe -> evaluate -> record.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <set>

#include "exporter/config/config.h"
#include "exporter/daemon/observed_installations.h"
#include "exporter/daemon/source_watcher.h"
#include "exporter/daemon/waiver_file.h"
#include "exporter/observe/probes/prober.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

class History;
class RuntimeMetrics;
struct ServiceEnvironment;
struct Work;
class WorkQueue;

// What the cycle shares with the rest of the service.
struct CycleParts {
  WorkQueue& queue;  // gets changed files and probe results, from other threads
  RuntimeMetrics& metrics;
  History& history;
};

// Holds the configuration in use and everything that was read by it. Used by one thread at a time:
// the service keeps it behind a lock. What is passed to the constructor has to outlive it.
class Cycle {
 public:
  // Starts to watch and to probe; reads nothing yet.
  Cycle(Config config, const ServiceEnvironment& environment, CycleParts parts);

  // From now on this configuration counts; nothing that was read by the one before is kept, except
  // for the results of probes that both have.
  void configure(Config config);

  // A reload failed: the configuration stays in use, and metrics and snapshots show it.
  void keep_configuration();

  // Does the work: reads what has changed, evaluates the installations that this concerns and
  // records the transitions. The others are as in the snapshot before; without one, the work is
  // everything.
  std::shared_ptr<const Snapshot> run(Work work);

  // The same for everything, once every target has been probed.
  std::shared_ptr<const Snapshot> run_after_probing(
      const std::function<void(std::size_t, std::size_t)>& progress);

  // Between two cycles over everything, as it is configured.
  std::chrono::milliseconds interval() const { return config_.interval; }

  // The files that have to be polled.
  ChangedFiles polled() const;

 private:
  using Clock = std::chrono::steady_clock;

  void observe_all();
  void read_waivers();
  // Evaluates the touched installations and takes the others from the last snapshot. `started` is
  // when the cycle began.
  std::shared_ptr<const Snapshot> evaluate(const std::set<std::size_t>& touched,
                                           Clock::time_point started);
  PublishedInstallation evaluate_installation(std::size_t index);
  // When it returns, a crash loses nothing that the snapshot shows.
  void record(Snapshot& snapshot, const std::set<std::size_t>& touched);

  const ServiceEnvironment& environment_;
  CycleParts parts_;
  Config config_;
  bool last_reload_successful_ = true;
  WaiverFile waivers_;
  std::shared_ptr<const Snapshot> last_;  // null: none by this configuration
  SourceWatcher watcher_;
  probes::Prober prober_;
  ObservedInstallations observed_;
};

}  // namespace compliance
