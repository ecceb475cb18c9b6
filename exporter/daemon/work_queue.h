// What the next cycle has to do: reported by many threads, taken by one.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>

#include "checks/facts/origin.h"

namespace compliance {

// Files whose content may have changed.
struct ChangedFiles {
  bool config = false;                                // the configuration file
  bool waivers = false;                               // the waivers file
  std::map<std::size_t, std::set<Source>> sources{};  // by index of the installation

  bool empty() const { return !config && !waivers && sources.empty(); }

  // Both together.
  void merge(const ChangedFiles& other) {
    config = config || other.config;
    waivers = waivers || other.waivers;
    for (const auto& [installation, changed] : other.sources) {
      sources[installation].insert(changed.begin(), changed.end());
    }
  }

  // By index, which a reload may give to another installation.
  bool operator==(const ChangedFiles&) const = default;
};

// What one cycle has to do. WorkQueue::wait() leaves all of it empty when only the
// time has come.
struct Work {
  bool everything = false;           // read all sources and evaluate all installations
  std::set<std::string> answered{};  // names of installations with new probe results
  ChangedFiles changed{};
  // When the first of the changed files was noticed.
  std::optional<std::chrono::steady_clock::time_point> first_change{};
};

// All calls are safe from all threads.
class WorkQueue {
 public:
  using Clock = std::chrono::steady_clock;

  void add_answer(const std::string& installation) {
    const std::scoped_lock lock(mutex_);
    work_.answered.insert(installation);
    added_.notify_all();
  }

  void add_changes(const ChangedFiles& changed, Clock::time_point first) {
    const std::scoped_lock lock(mutex_);
    work_.changed.merge(changed);
    work_.first_change = std::min(work_.first_change.value_or(first), first);
    added_.notify_all();
  }

  // How long wait() collects answers after the first one.
  void set_debounce(Clock::duration debounce) {
    const std::scoped_lock lock(mutex_);
    debounce_ = debounce;
  }

  // Waits until `due`, for changed files, or for answers. Answers come in bursts and are debounced;
  // changed files are not delayed by them.
  Work wait(const std::stop_token& stop, Clock::time_point due) {
    std::unique_lock lock(mutex_);
    added_.wait_until(lock, stop, due,
                      [this] { return !work_.answered.empty() || !work_.changed.empty(); });
    const Clock::time_point debounced = std::min(due, Clock::now() + debounce_);
    added_.wait_until(lock, stop, debounced, [this] { return !work_.changed.empty(); });
    return std::exchange(work_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any added_;
  Work work_;
  Clock::duration debounce_{};
};

}  // namespace compliance
