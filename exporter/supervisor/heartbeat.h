// Whether the cycle is alive: set by the cycle, read by the watchdog and the health endpoint.
#pragma once

#include <atomic>
#include <chrono>

namespace compliance {

// The cycle announces until when it sleeps. All calls are safe from all threads.
class Heartbeat {
 public:
  using Clock = std::chrono::steady_clock;

  // The cycle has begun to work, and has the allowance for it.
  void working() { heard_of_by_.store(Clock::now().time_since_epoch()); }
  // The cycle sleeps until then at most.
  void resting_until(Clock::time_point due) { heard_of_by_.store(due.time_since_epoch()); }

  // False if the cycle has worked or overslept for longer than the allowance.
  bool beats(Clock::time_point now, Clock::duration allowance) const {
    return now.time_since_epoch() <= heard_of_by_.load() + allowance;
  }

 private:
  std::atomic<Clock::duration> heard_of_by_{Clock::now().time_since_epoch()};
};

}  // namespace compliance
