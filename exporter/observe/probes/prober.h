// Prober: probes all targets in a pool of threads beside the evaluation and keeps their
// newest results.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "checks/facts/installation.h"
#include "exporter/config/config.h"
#include "exporter/observe/observation.h"
#include "exporter/observe/probes/schedule.h"

namespace compliance::probes {

// The callbacks of a prober. Only `now` is required, and runs while the prober holds its lock; the
// others run without it, on the threads of the pool.
struct ProberContext {
  std::function<std::chrono::system_clock::time_point()> now{};
  // After answers have come, with the installation that they are about.
  std::function<void(const std::string&)> changed{};
  // After each step of a probe, with the time that it took.
  std::function<void(Source, std::chrono::duration<double>)> timed{};
  // For each fault of an answer.
  std::function<void(Source, UnknownReason)> failed{};
};

// All calls are safe from all threads. Workers hold no lock while a task runs, so a slow
// peer delays no caller.
class Prober {
 public:
  // Starts no thread yet: configure() does.
  explicit Prober(ProberContext context);
  // No copies: the workers refer to this object.
  Prober(const Prober&) = delete;
  Prober& operator=(const Prober&) = delete;
  // Not moved for the same reason.
  Prober(Prober&&) = delete;
  Prober& operator=(Prober&&) = delete;
  // Ends running probes within a fraction of a second.
  ~Prober();

  // Replaces the targets by those of the configuration. Results of targets that stay are
  // kept, also across a change of the interval. The pool grows with `concurrency`, and
  // shrinks only when the process starts again.
  void configure(const Config& config);

  // Sets the names to resolve for an installation: the entries of its allowlists. Has no
  // effect on installations that are not configured, nor with --offline.
  void set_names(const std::string& installation, const std::vector<std::string>& names);

  // Writes the newest answers into the facts of the installation; those that are older than three
  // intervals become faults, stale.
  void add_answers(Installation& installation) const;

  // The sources that have targets. One is up when each target was reached at its last attempt; its
  // digest changes with certificates, addresses and states, and is empty while it is not up.
  std::vector<SourceReading> sources_of(const std::string& installation) const;

  // Waits until every target has been asked once. `progress` is called now and then with how many
  // were and how many there are.
  // There is no time limit here: each task has its own. `progress` may be empty.
  void wait_until_asked(const std::function<void(std::size_t, std::size_t)>& progress) const;

 private:
  // Takes and runs jobs until it is told to stop.
  void work(const std::stop_token& stop);
  // Runs one job, records its result and tells of it. Takes the lock only to record.
  void run(const Job& job, const std::stop_token& stop);
  // Records a result; gives the installation that it is about, empty when that has gone.
  std::string finish(const Job& job, TaskResult done);
  // Wakes all who wait: there may be other work, or none left. Needs the lock.
  void tell_of_change();
  // Adds threads up to `count`, fewer where there are few targets. Needs the lock.
  void start_workers(std::size_t count);

  ProberContext context_;
  mutable std::mutex mutex_;
  mutable std::condition_variable_any changed_;  // targets or answers have changed
  std::uint64_t changes_ = 0;                    // how many: wakes that nothing caused wait on
  Schedule schedule_;
  ProbeSettings settings_;
  std::map<std::string, DnsConfig> dns_;                   // by installation
  std::map<std::string, std::vector<Target>> configured_;  // without names
  std::map<std::string, std::vector<std::string>> names_;
  std::vector<std::jthread> workers_;
};

}  // namespace compliance::probes
