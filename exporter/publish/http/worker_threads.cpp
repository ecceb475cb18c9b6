// A bounded number of threads that run tasks, started as they are needed.
#include "exporter/publish/http/worker_threads.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace compliance {

bool WorkerThreads::add(const Task& task) {
  if (all_busy() && !make_room_()) {
    return false;
  }
  const std::scoped_lock lock(mutex_);
  ++unfinished_;
  tasks_.push_back(task);
  changed_.notify_one();
  if (threads_.size() >= std::min(unfinished_, limit_) || start_thread() || !threads_.empty()) {
    return true;
  }
  tasks_.pop_back();
  --unfinished_;
  return false;
}

bool WorkerThreads::all_busy() {
  const std::scoped_lock lock(mutex_);
  return unfinished_ >= limit_;
}

bool WorkerThreads::start_thread() {
  try {
    threads_.emplace_back([this] { work(); });
    return true;
  } catch (const std::system_error&) {
    return false;  // no more threads to be had: those that there are must do
  }
}

void WorkerThreads::finish() {
  {
    const std::scoped_lock lock(mutex_);
    finishing_ = true;
  }
  changed_.notify_all();
  for (auto& thread : threads_) {
    thread.join();
  }
  threads_.clear();
  finishing_ = false;
}

void WorkerThreads::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return finishing_ || !tasks_.empty(); });
    if (tasks_.empty()) {
      return;
    }
    const auto task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    lock.lock();
    --unfinished_;
  }
}

}  // namespace compliance
