// Schedule: which target is probed when, and its newest results. Pure: time and randomness
// are arguments.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exporter/observe/probes/target.h"

namespace compliance::probes {

// A monotonic clock, so that setting the system's time moves no probe.
using Moment = Deadline::Clock::time_point;

// A result and when it came, by the system's clock, which staleness and messages are about.
struct TimedResult {
  ProbeResult result{};
  std::chrono::system_clock::time_point at{};
};

// A step to run now. `target` is an index of the schedule's own; it stays good while targets come
// and go, and the answers of one that has gone are dropped.
struct Job {
  std::size_t target = 0;
  Source source = Source::endpoint;
  ProbeTask task{};
};

// Not thread-safe: Prober guards it with a lock. Finding the next job takes time linear in
// the number of targets.
class Schedule {
 public:
  // `random_unit` gives numbers from 0 to 1 that spread targets over time.
  explicit Schedule(std::function<double()> random_unit) : random_unit_(std::move(random_unit)) {}

  // Makes these the targets of the installation. Targets with the same name and definition
  // keep their results and their due time; others are due at once. Jobs of targets that
  // have gone may still run; their results are dropped.
  void set_targets(const std::string& installation, std::vector<Target> targets, Moment now);

  // Removes the targets of all installations that are not listed.
  void keep_installations(const std::vector<std::string>& installations);

  // The next job that may run; nothing when none is due. Follow-up tasks of rounds in
  // progress come first, then the target that has been due longest.
  std::optional<Job> take(Moment now);

  // When the next target is due, which may be in the past; nothing when every target is in
  // progress, or there is none.
  std::optional<Moment> next_due() const;

  // Keeps what a step brought and queues its followers. A target whose last step has ended is due
  // again an interval after it began, and up to a tenth of the interval later: never earlier, since
  // some limits are shared with users.
  void finish(const Job& job, TaskResult done, std::chrono::system_clock::time_point at);

  // True when every target has been asked at least once and none is being asked.
  // True when there are no targets.
  bool all_asked() const;

  // Targets that have been asked at least once, and all of them.
  std::pair<std::size_t, std::size_t> progress() const;

  // The installation that the target of the job belongs to; empty when it has been taken out.
  std::string installation_of(const Job& job) const;

  // The second argument holds the results by the index of their type in ProbeResult.
  using Visit = std::function<void(const Target&, const std::map<std::size_t, TimedResult>&)>;
  // Calls visit(target, results) for every target of the installation, by name.
  void for_each(const std::string& installation, const Visit& visit) const;

 private:
  // One target and the state of its current or last round.
  struct Entry {
    std::string installation{};
    Target target{};
    // When the next round may begin. Of no meaning while one is in progress.
    Moment due{};
    Moment began{};
    std::size_t running = 0;  // steps that run or are queued
    bool asked = false;
    std::map<std::size_t, TimedResult> answers{};  // by kind of answer
  };
  using Key = std::pair<std::string, std::string>;  // installation, name

  std::function<double()> random_unit_;
  // By a number that is never used again, so a job of a target that has gone finds nothing.
  std::map<std::size_t, Entry> entries_;
  std::map<Key, std::size_t> index_;
  // Follow-up tasks that wait for a worker.
  std::deque<Job> followers_;
  std::size_t last_index_ = 0;
};

}  // namespace compliance::probes
