// The newest published value, handed from one writer to many readers.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace compliance {

// Readers keep a value as long as they hold its pointer; a newer one does not change it. All calls
// are safe from all threads. A mutex around the pointer, since std::atomic of a shared_ptr makes
// ThreadSanitizer report on g++ 12.
template <class T>
class Latest {
 public:
  // The newest value; null before the first one.
  std::shared_ptr<const T> get() const {
    const std::scoped_lock lock(mutex_);
    return value_;
  }

  // Replaces the value. The one before is freed by whoever holds it last, outside the lock.
  void set(std::shared_ptr<const T> value) {
    const std::scoped_lock lock(mutex_);
    value_.swap(value);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

}  // namespace compliance
