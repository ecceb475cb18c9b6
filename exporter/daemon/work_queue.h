// What the cycle has to do next: told by many threads, taken by one.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>

#include "exporter/observe/watch/file_watch.h"

namespace compliance {

struct Work {
  bool everything = false;           // the interval is over
  std::set<std::string> answered{};  // installations whose probes have answered
  std::set<WatchOwner> changed{};    // whose files have changed
  std::optional<std::chrono::steady_clock::time_point> first_change{};
};

// All calls are safe from all threads.
class WorkQueue {
 public:
  using Clock = std::chrono::steady_clock;

  void answers_came(const std::string& installation) {
    const std::scoped_lock lock(mutex_);
    work_.answered.insert(installation);
    came_.notify_all();
  }

  void files_changed(const std::set<WatchOwner>& owners, Clock::time_point first) {
    const std::scoped_lock lock(mutex_);
    work_.changed.insert(owners.begin(), owners.end());
    work_.first_change = std::min(work_.first_change.value_or(first), first);
    came_.notify_all();
  }

  // Waits until `due`, for files that change, or for answers, which are gathered for a while since
  // they come in bursts; the files do not wait for these.
  Work wait(const std::stop_token& stop, Clock::time_point due, Clock::duration gathering) {
    std::unique_lock lock(mutex_);
    came_.wait_until(lock, stop, due,
                     [this] { return !work_.answered.empty() || !work_.changed.empty(); });
    const Clock::time_point gathered = std::min(due, Clock::now() + gathering);
    came_.wait_until(lock, stop, gathered, [this] { return !work_.changed.empty(); });
    Work work = std::exchange(work_, {});
    work.everything = Clock::now() >= due;
    return work;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any came_;
  Work work_;
};

}  // namespace compliance
