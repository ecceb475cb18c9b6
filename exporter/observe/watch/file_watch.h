// Tells at once when something that an owner watches has changed.
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

// Whoever wants to know: an installation and one of its sources, say.
using WatchOwner = std::size_t;

// inotify in a thread of its own. All calls are safe from all threads.
class FileWatch {
 public:
  // `changed` is called by the watching thread with owners whose places have changed and the time
  // at which the first of it was noticed; it must not call this object.
  using Changed =
      std::function<void(const std::set<WatchOwner>&, std::chrono::steady_clock::time_point)>;

  explicit FileWatch(Changed changed);
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;
  FileWatch(FileWatch&&) = delete;
  FileWatch& operator=(FileWatch&&) = delete;
  ~FileWatch();

  // From now on these are the owner's places. False when events cannot be relied on: inotify or its
  // watches ran out, a place refuses, or it lies on a file system that changes elsewhere (NFS,
  // CIFS, FUSE, 9p); the owner has to look by itself then. A place that is not there is none.
  bool watch(WatchOwner owner, const WatchPlaces& places);

  void forget(WatchOwner owner);

 private:
  struct Watched {
    std::filesystem::path path{};
    // Whom an event concerns: owner and the name that counts, empty for every name.
    std::set<std::pair<WatchOwner, std::string>> interests{};
  };

  // The watch of the path; nothing where there is none to be had.
  std::optional<int> add(const std::filesystem::path& path) const;
  void run(const std::stop_token& stop);
  // Reads what has come; the owners that it concerns.
  std::set<WatchOwner> read_events();
  // Takes what one reading brought.
  void take_events(const char* bytes, std::size_t length, std::set<WatchOwner>& owners);
  void note(int watch, const std::string& name, std::set<WatchOwner>& owners) const;

  Changed changed_;
  int inotify_ = -1;
  int wakeup_ = -1;
  mutable std::mutex mutex_;
  std::map<int, Watched> watches_;  // by watch descriptor
  std::jthread thread_;             // last, so that it ends first
};

}  // namespace compliance
