// A moment by which something has to be done, and a request to stop before it.
#pragma once

#include <algorithm>
#include <chrono>
#include <stop_token>
#include <utility>

namespace compliance {

// Passed down by value from whoever limits a piece of work to those who wait in it. Copies share
// the stop request. Any thread may use one.
class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  // By the steady clock: setting the wall clock neither shortens nor lengthens a wait.
  Deadline(Clock::time_point end, std::stop_token stop) : end_(end), stop_(std::move(stop)) {}

  // `time` from now; negative times are over at once.
  static Deadline after(std::chrono::milliseconds time, std::stop_token stop = {}) {
    return {Clock::now() + time, std::move(stop)};
  }

  // The earlier of this one and `time` from now.
  Deadline within(std::chrono::milliseconds time) const {
    return {std::min(end_, Clock::now() + time), stop_};
  }

  bool stopped() const { return stop_.stop_requested(); }
  bool over() const { return stopped() || Clock::now() >= end_; }

  // What is left, never below zero; zero once stopped.
  std::chrono::milliseconds left() const {
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(end_ - Clock::now());
    return stopped() ? std::chrono::milliseconds{0} : std::max(rest, std::chrono::milliseconds{0});
  }

  // How long to wait for an event before looking again whether to stop: at most 100 ms.
  std::chrono::milliseconds slice() const {
    return std::min(left(), std::chrono::milliseconds{100});
  }

 private:
  Clock::time_point end_;
  std::stop_token stop_;
};

}  // namespace compliance
