// A bounded number of threads that run tasks, started as they are needed.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace compliance {

// Threads that were started stay until finish(). add and finish belong to one thread; make_room is
// called on it, and tasks on the others.
class WorkerThreads {
 public:
  using Task = std::function<void()>;

  // `make_room` is asked when `limit` tasks are unfinished: true when one of them will end at once.
  WorkerThreads(std::size_t limit, std::function<bool()> make_room)
      : limit_(limit), make_room_(std::move(make_room)) {}

  // Runs `task` on some thread. False, and the task is not run, when all are busy and no room could
  // be made, or the system gives not even one thread.
  bool add(const Task& task);

  // Waits until every task has ended; must be called before destruction. Tasks may be added again
  // afterwards.
  void finish();

 private:
  // True when `limit` tasks are unfinished.
  bool all_busy();
  // One more thread; false when the system gives none.
  bool start_thread();
  // What each thread does until finish(): the oldest task, one after the other.
  void work();

  const std::size_t limit_;
  const std::function<bool()> make_room_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  std::vector<std::thread> threads_;
  std::size_t unfinished_ = 0;  // waiting and running
  bool finishing_ = false;
};

}  // namespace compliance
