// The same work for many indices, on several processors.
#include "exporter/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace compliance {
namespace {

// More would serve large estates alone, and take the processors from their neighbours.
constexpr std::size_t max_threads = 4;

// What the threads share: the next index, and the first exception.
class Queue {
 public:
  Queue(std::size_t count, const std::function<void(std::size_t)>& work)
      : count_(count), work_(work) {}

  void run() {
    for (std::size_t index = next_++; index < count_; index = next_++) {
      try {
        work_(index);
      } catch (...) {
        keep(std::current_exception());
      }
    }
  }

  // Asked for when no thread runs any more.
  const std::exception_ptr& exception() const { return exception_; }

 private:
  void keep(std::exception_ptr exception) {
    next_ = count_;
    const std::lock_guard lock{mutex_};
    if (!exception_) {
      exception_ = std::move(exception);
    }
  }

  std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_{};
  std::exception_ptr exception_{};
};

// On up to that many threads, the calling one among them; all have ended when it returns.
void run_on_threads(Queue& queue, std::size_t wanted) {
  std::vector<std::jthread> others;
  try {
    while (others.size() + 1 < wanted) {
      others.emplace_back(&Queue::run, &queue);
    }
  } catch (const std::system_error&) {
    // No further thread is to be had: those that run do the work.
  }
  queue.run();
}

}  // namespace

void for_each_index(std::size_t count, const std::function<void(std::size_t)>& work) {
  const std::size_t processors = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
  Queue queue{count, work};
  run_on_threads(queue, std::min({count, processors, max_threads}));
  if (queue.exception()) {
    std::rethrow_exception(queue.exception());
  }
}

}  // namespace compliance
