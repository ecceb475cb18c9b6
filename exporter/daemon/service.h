// The running service: repeats the cycle, publishes its snapshots and reloads the configuration.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "exporter/base/exclusive.h"
#include "exporter/base/latest.h"
#include "exporter/base/result.h"
#include "exporter/daemon/service_environment.h"
#include "exporter/daemon/work_queue.h"
#include "exporter/supervisor/heartbeat.h"

namespace compliance {

class Cycle;
class History;
struct EventPage;
struct EventQuery;
struct RenderedSnapshot;
class RuntimeMetrics;

// Owns the history, the cycle and what they publish. run() belongs to one thread, everything else
// may be called from any.
class Service {
 public:
  // The metrics have to outlive it.
  Service(Config config, ServiceEnvironment environment, RuntimeMetrics& metrics);
  // No copies: there is one history and one clock of cycles.
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  // Nor moved: threads and handlers refer to it.
  Service(Service&&) = delete;
  Service& operator=(Service&&) = delete;
  // Ends the probes and the watch, then closes the history. run() has to have returned.
  ~Service();

  // Observes and evaluates now, with the probe results so far; publishes nothing.
  std::shared_ptr<const Snapshot> evaluate();

  // The same once every target has been probed. `progress` is called now and then with the number
  // of targets that were probed and of all targets.
  std::shared_ptr<const Snapshot> evaluate_after_probing(
      const std::function<void(std::size_t, std::size_t)>& progress);

  // Runs one cycle over everything now and publishes its snapshot.
  void publish();

  // Runs cycles until stopped: over everything at the configured interval, over changed files at
  // once, and over probe results soon after they came.
  void run(const std::stop_token& stop);

  // Reads the configuration again and publishes a snapshot by it before returning. On an error,
  // which is logged and shown by a gauge, the previous configuration stays in use.
  Result<std::string> reload();

  // The newest snapshot with its renderings.
  const Latest<RenderedSnapshot>& latest() const { return latest_; }

  // Tells whether run() makes progress.
  const Heartbeat& heartbeat() const { return heartbeat_; }

  // The events of the history, newest first; see History::events().
  Result<EventPage> events(const EventQuery& query) const;

 private:
  // Having access to the cycle keeps a newer snapshot from being replaced by an older one.
  void publish_cycle(const Exclusive<Cycle>::Access& cycle, const Work& work);
  // Waits for what is to be done next.
  Work next_work(const std::stop_token& stop);

  const ServiceEnvironment environment_;
  RuntimeMetrics& metrics_;
  Heartbeat heartbeat_;
  Latest<RenderedSnapshot> latest_;
  WorkQueue queue_;
  std::chrono::steady_clock::time_point everything_due_{};  // of run() alone
  std::unique_ptr<History> history_;
  Exclusive<Cycle> cycle_;  // last: its threads use what is above
};

}  // namespace compliance
