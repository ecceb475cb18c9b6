// Which target is asked when, and what each answered last. Pure: time and chance are arguments.
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

using Moment = Deadline::Clock::time_point;

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

// Used by one thread at a time.
class Schedule {
 public:
  // `chance` gives numbers from 0 to 1 that spread targets over time.
  explicit Schedule(std::function<double()> random_unit) : random_unit_(std::move(random_unit)) {}

  // Makes these the targets of the installation. Those that stay keep their answers and their
  // time; new ones are due at once.
  void set_targets(const std::string& installation, std::vector<Target> targets, Moment now);

  // Takes installations out that are not among these.
  void keep_installations(const std::vector<std::string>& installations);

  // The next step whose time has come, followers of running targets first.
  std::optional<Job> take(Moment now);

  // When the next target is due; nothing when none waits.
  std::optional<Moment> next_due() const;

  // Keeps what a step brought and queues its followers. A target whose last step has ended is due
  // again an interval after it began, and up to a tenth of the interval later: never earlier, since
  // some limits are shared with users.
  void finish(const Job& job, TaskResult done, std::chrono::system_clock::time_point at);

  // True when every target has been asked at least once and none is being asked.
  bool all_asked() const;

  // Targets that have been asked at least once, and all of them.
  std::pair<std::size_t, std::size_t> progress() const;

  // The installation that the target of the job belongs to; empty when it has been taken out.
  std::string installation_of(const Job& job) const;

  // Calls visit(target, answers by kind) for every target of the installation.
  using Visit = std::function<void(const Target&, const std::map<std::size_t, TimedResult>&)>;
  void for_each(const std::string& installation, const Visit& visit) const;

 private:
  struct Entry {
    std::string installation{};
    Target target{};
    Moment due{};
    Moment began{};
    std::size_t running = 0;  // steps that run or are queued
    bool asked = false;
    std::map<std::size_t, TimedResult> answers{};  // by kind of answer
  };
  using Key = std::pair<std::string, std::string>;  // installation, name

  std::function<double()> random_unit_;
  std::map<std::size_t, Entry> entries_;
  std::map<Key, std::size_t> index_;
  std::deque<Job> followers_;
  std::size_t last_index_ = 0;
};

}  // namespace compliance::probes
