// Reports changes of watched files by inotify, and says where it cannot.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "exporter/observe/watch/places.h"

namespace compliance {

// A number by which the caller knows who is to be told: an installation and one of its sources,
// say.
using WatchOwner = std::size_t;

// inotify in a thread of its own. All calls are safe from all threads.
class FileWatch {
 public:
  // `changed` is called by the watching thread with owners whose places have changed and the time
  // at which the first of it was noticed; it must not call this object.
  using Changed =
      std::function<void(const std::set<WatchOwner>&, std::chrono::steady_clock::time_point)>;

  // Starts the thread. Without inotify, or without descriptors for it, nothing is ever reported and
  // watch() gives false.
  explicit FileWatch(Changed changed);
  // The thread holds a pointer to this object.
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;
  FileWatch(FileWatch&&) = delete;
  FileWatch& operator=(FileWatch&&) = delete;
  // Waits for the thread, and so for a running call of `changed`.
  ~FileWatch();

  // From now on these are the owner's places. False when events cannot be relied on: inotify or its
  // watches ran out, a place refuses, or it lies on a file system that changes elsewhere (NFS,
  // CIFS, FUSE, 9p); the owner has to look by itself then. A place that is not there is none.
  bool watch(WatchOwner owner, const WatchPlaces& places);

  // The owner is told of no further changes.
  void forget(WatchOwner owner);

 private:
  // A watch of the kernel: one for a path, however many owners have an interest in it.
  struct Watched {
    std::filesystem::path path{};
    // Whom an event concerns: owner and the name that counts, empty for every name.
    std::set<std::pair<WatchOwner, std::string>> interests{};
  };

  // The watch of the path; nothing where there is none to be had.
  std::optional<int> add(const std::filesystem::path& path) const;
  // The thread's loop: waits for events, gathers a burst, reports it once.
  void run(const std::stop_token& stop);
  // Reads what has come; the owners that it concerns.
  std::set<WatchOwner> read_events();
  // Takes what one reading brought.
  void take_events(const char* bytes, std::size_t length, std::set<WatchOwner>& owners);
  // Adds the owners whom an event of the watch concerns. An empty name stands for the path itself
  // and concerns all of them.
  void note(int watch, const std::string& name, std::set<WatchOwner>& owners) const;
  // Adds the owners of all watches.
  void note_all(std::set<WatchOwner>& owners) const;

  Changed changed_;
  // Descriptors; -1: the system had none left.
  int inotify_ = -1;
  // An eventfd that ends the wait of the thread.
  int wakeup_ = -1;
  // Guards watches_.
  mutable std::mutex mutex_;
  std::map<int, Watched> watches_;  // by watch descriptor
  std::jthread thread_;             // last, so that it ends first
};

}  // namespace compliance
