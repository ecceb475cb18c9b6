// Watches files by inotify in a thread of its own.
#include "exporter/observe/watch/file_watch.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace compliance {
namespace {

using Clock = std::chrono::steady_clock;

// Everything by which content can change under a name.
constexpr std::uint32_t wanted_events = IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE |
                                        IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |
                                        IN_MOVE_SELF | IN_UNMOUNT;

// Bursts are one change: the time without events that ends one, and the longest that one may take.
// Kubernetes swaps a volume, and an editor saves a file, in a handful of steps within milliseconds.
constexpr std::chrono::milliseconds quiet_time{15};
constexpr std::chrono::milliseconds max_burst{75};

// File systems whose changes other machines or processes make without an event here. Source: the
// kernel's linux/magic.h and, for those it does not list, their own sources.
constexpr std::array<std::uint32_t, 8> remote_file_systems{
    0x6969,      // NFS
    0xFF534D42,  // CIFS
    0xFE534D42,  // SMB2
    0x517B,      // SMB
    0x65735546,  // FUSE
    0x01021997,  // 9p
    0x00C36400,  // Ceph
    0x5346414F,  // AFS
};

bool is_remote(const std::filesystem::path& path) {
  struct statfs status {};
  return ::statfs(path.c_str(), &status) == 0 &&
         std::find(remote_file_systems.begin(), remote_file_systems.end(),
                   static_cast<std::uint32_t>(status.f_type)) != remote_file_systems.end();
}

// Until one of them can be read, at most for `time`. A signal may end the wait early: callers ask
// again.
void wait_for(const pollfd& first, const pollfd& second, std::chrono::milliseconds time) {
  std::array both{first, second};
  ::poll(both.data(), both.size(), static_cast<int>(time.count()));
}

}  // namespace

FileWatch::FileWatch(Changed changed)
    : changed_(std::move(changed)),
      inotify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
      wakeup_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (inotify_ >= 0 && wakeup_ >= 0) {
    thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
  }
}

FileWatch::~FileWatch() {
  if (thread_.joinable()) {
    thread_.request_stop();
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wakeup_, &one, sizeof one);
    thread_.join();
  }
  for (const int descriptor : {inotify_, wakeup_}) {
    if (descriptor >= 0) {
      ::close(descriptor);
    }
  }
}

// The kernel gives the same watch for the same inode, so a path that is added twice has one watch.
std::optional<int> FileWatch::add(const std::filesystem::path& path) const {
  const int watch = ::inotify_add_watch(inotify_, path.c_str(), wanted_events);
  return watch < 0 ? std::nullopt : std::optional{watch};
}

bool FileWatch::watch(WatchOwner owner, const WatchPlaces& places) {
  if (!thread_.joinable()) {
    return false;
  }
  const std::scoped_lock lock(mutex_);
  bool reliable = true;
  // The owner's old interests go first; watches that keep no interest are removed at the end, so
  // that a place which stays loses no event.
  for (auto& [watch, watched] : watches_) {
    std::erase_if(watched.interests, [owner](const auto& entry) { return entry.first == owner; });
  }
  for (const WatchPlace& place : places) {
    const auto watch = add(place.path);
    if (watch) {
      Watched& watched = watches_[*watch];
      watched.path = place.path;
      watched.interests.emplace(owner, place.name);
      reliable = reliable && !is_remote(place.path);
    } else if (errno != ENOENT && errno != ENOTDIR) {
      // The place is there and the kernel refuses: its changes would go unseen.
      reliable = false;
    }
  }
  std::erase_if(watches_, [this](const auto& entry) {
    const bool unused = entry.second.interests.empty();
    if (unused) {
      ::inotify_rm_watch(inotify_, entry.first);
    }
    return unused;
  });
  return reliable;
}

void FileWatch::forget(WatchOwner owner) { watch(owner, {}); }

void FileWatch::note(int watch, const std::string& name, std::set<WatchOwner>& owners) const {
  const auto found = watches_.find(watch);
  if (found == watches_.end()) {
    return;
  }
  for (const auto& [owner, wanted] : found->second.interests) {
    if (wanted.empty() || name.empty() || wanted == name) {
      owners.insert(owner);
    }
  }
}

void FileWatch::note_all(std::set<WatchOwner>& owners) const {
  for (const auto& [watch, watched] : watches_) {
    note(watch, "", owners);
  }
}

// `bytes` is what one read() of inotify gave: whole events, each with a name of its own length.
void FileWatch::take_events(const char* bytes, std::size_t length, std::set<WatchOwner>& owners) {
  for (std::size_t offset = 0; offset < length;) {
    inotify_event event{};
    // NOLINTBEGIN(cppcoreguidelines-pro-bounds-pointer-arithmetic): events of different lengths
    std::memcpy(&event, bytes + offset, sizeof event);
    const char* const name = bytes + offset + sizeof event;
    // NOLINTEND(cppcoreguidelines-pro-bounds-pointer-arithmetic)
    offset += sizeof event + event.len;
    if ((event.mask & IN_Q_OVERFLOW) != 0) {  // events were lost: anything may have changed
      note_all(owners);
      continue;
    }
    note(event.wd, event.len > 0 ? std::string{name} : std::string{}, owners);
    // The kernel has removed the watch itself, since its inode is gone. The owner reads its files
    // again and then names its places anew.
    if ((event.mask & IN_IGNORED) != 0) {
      watches_.erase(event.wd);
    }
  }
}

// The descriptor does not block: reading goes on until nothing is left.
std::set<WatchOwner> FileWatch::read_events() {
  std::set<WatchOwner> owners;
  alignas(inotify_event) std::array<char, 65'536> buffer{};
  const std::scoped_lock lock(mutex_);
  ssize_t length = 0;
  while ((length = ::read(inotify_, buffer.data(), buffer.size())) > 0) {
    take_events(buffer.data(), static_cast<std::size_t>(length), owners);
  }
  return owners;
}

void FileWatch::run(const std::stop_token& stop) {
  const pollfd events{.fd = inotify_, .events = POLLIN, .revents = 0};
  const pollfd wakeup{.fd = wakeup_, .events = POLLIN, .revents = 0};
  // Any long time will do: the wait ends by an event or by the destructor.
  constexpr std::chrono::hours for_ever{1};
  while (!stop.stop_requested()) {
    wait_for(events, wakeup, for_ever);
    const Clock::time_point first = Clock::now();
    std::set<WatchOwner> owners = read_events();
    bool more = !owners.empty();
    while (more && !stop.stop_requested() && Clock::now() < first + max_burst) {
      wait_for(events, wakeup, quiet_time);
      std::set<WatchOwner> further = read_events();
      more = !further.empty();
      owners.merge(further);
    }
    // Outside of the lock, so other threads can call watch() meanwhile.
    if (!owners.empty() && !stop.stop_requested()) {
      changed_(owners, first);
    }
  }
}

}  // namespace compliance
