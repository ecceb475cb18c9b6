// Whether the cycle goes on: told by the cycle, asked by who has to answer for it.
#pragma once

#include <atomic>
#include <chrono>

namespace compliance {

// The cycle says up to when it will not be heard of; all calls are safe from all threads.
class Heartbeat {
 public:
  using Clock = std::chrono::steady_clock;

  void working() { heard_of_by_.store(Clock::now().time_since_epoch()); }
  void resting_until(Clock::time_point due) { heard_of_by_.store(due.time_since_epoch()); }

  // False when the cycle has been at work, or has overslept, for longer than the allowance.
  bool beats(Clock::time_point now, Clock::duration allowance) const {
    return now.time_since_epoch() <= heard_of_by_.load() + allowance;
  }

 private:
  std::atomic<Clock::duration> heard_of_by_{Clock::now().time_since_epoch()};
};

}  // namespace compliance
