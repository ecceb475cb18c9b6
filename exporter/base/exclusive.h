// A value behind its mutex: it cannot be reached without holding the lock.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace compliance {

// For state whose every use has to be serialised, since no method can be called without the lock.
template <class T>
class Exclusive {
 public:
  // Holds the lock as long as it lives; must not outlive the Exclusive.
  class Access {
   public:
    T* operator->() const { return value_; }

   private:
    friend class Exclusive;
    Access(std::mutex& mutex, T* value) : lock_(mutex), value_(value) {}

    std::unique_lock<std::mutex> lock_;
    T* value_;
  };

  explicit Exclusive(std::unique_ptr<T> value) : value_(std::move(value)) {}

  // Waits until no other thread has access. Not recursive.
  Access access() { return Access{mutex_, value_.get()}; }

 private:
  std::mutex mutex_;
  std::unique_ptr<T> value_;
};

}  // namespace compliance
