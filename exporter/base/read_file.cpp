// Reads files of any kind without blocking, and explains why one cannot be opened.
#include "exporter/base/read_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <deque>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace compliance {
namespace {

// Closes the descriptor.
class FileDescriptor {
 public:
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  FileDescriptor(FileDescriptor&&) = delete;
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }

  int number() const { return number_; }

 private:
  int number_;
};

// Bytes by which the buffer grows past the size that the file claimed.
constexpr std::size_t block = 1U << 16U;

Fault unreadable(const std::filesystem::path& path, const std::string& why) {
  return {.reason = UnknownReason::unreadable, .message = path.string() + " " + why};
}

Fault too_large(const std::filesystem::path& path, std::size_t max_bytes) {
  return {.reason = UnknownReason::limit_exceeded,
          .message = path.string() + " is larger than the limit of " + std::to_string(max_bytes) +
                     " bytes"};
}

// The kind of a file that is not a regular one.
std::optional<std::string> other_kind(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return std::nullopt;
    case S_IFDIR:
      return "is a directory, not a file";
    case S_IFIFO:
      return "is a FIFO, not a regular file";
    case S_IFSOCK:
      return "is a socket, not a regular file";
    default:
      return "is a device, not a regular file";
  }
}

// Reads on to the end, at most `max_bytes`. `size` is what the file claims: enough room for it at
// once, so that no copies of a secret stay behind in memory that was outgrown.
ReadResult<std::string> read_all(int descriptor, const std::filesystem::path& path,
                                 std::size_t size, std::size_t max_bytes) {
  std::string text(std::min(size, max_bytes) + 1, '\0');
  std::size_t filled = 0;
  while (true) {
    const ssize_t got = ::read(descriptor, &text[filled], text.size() - filled);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return unreadable(path, "cannot be read: " + std::generic_category().message(errno));
    }
    if (got == 0) {
      text.resize(filled);
      return text;
    }
    filled += static_cast<std::size_t>(got);
    // The file may have grown since its size was asked for.
    if (filled > max_bytes) {
      return too_large(path, max_bytes);
    }
    if (filled == text.size()) {
      text.resize(std::min(filled + block, max_bytes + 1));
    }
  }
}

// Why a file cannot be opened, with what an operator can change.

namespace fs = std::filesystem;

// Why a walk ended.
enum class End : std::uint8_t { reached, missing, closed_directory, not_a_directory, loop };

// How far a path leads, links followed one by one.
struct Walk {
  End end = End::reached;
  fs::path path{};  // where it ended
  bool through_link = false;
};

// As many as the kernel follows.
constexpr int max_links = 40;

// By the effective user, as open(2) decides; access(2) alone would ask for the real one.
bool may(const fs::path& path, int mode) {
  return ::faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) == 0;
}

// Puts the names of the path before those that are left, as a link does.
void prepend(std::deque<fs::path>& names, const fs::path& path) {
  const fs::path relative = path.relative_path();
  names.insert(names.begin(), relative.begin(), relative.end());
}

// A path on its way: what has been resolved and what is left.
struct Way {
  fs::path resolved{"/"};
  std::deque<fs::path> left{};
  Walk walk{};
  int links = 0;
};

// Enters the next name; false when the walk has ended.
bool step(Way& way) {
  way.walk.path = way.resolved;
  struct stat status {};
  if (::lstat(way.resolved.c_str(), &status) == 0 && !S_ISDIR(status.st_mode)) {
    way.walk.end = End::not_a_directory;
    return false;
  }
  if (!may(way.resolved, X_OK)) {
    way.walk.end = End::closed_directory;
    return false;
  }
  const fs::path next = way.resolved / way.left.front();
  way.left.pop_front();
  way.walk.path = next;
  if (::lstat(next.c_str(), &status) != 0) {
    way.walk.end = End::missing;
    return false;
  }
  if (!S_ISLNK(status.st_mode)) {
    way.resolved = next;
    return true;
  }
  way.walk.through_link = true;
  if (++way.links > max_links) {
    way.walk.end = End::loop;
    return false;
  }
  std::error_code failed;
  const fs::path target = fs::read_symlink(next, failed);
  prepend(way.left, target);
  if (target.is_absolute()) {
    way.resolved = "/";
  }
  return true;
}

// Follows the path as the kernel does, to say at which directory or link it ended.
Walk walk_along(const fs::path& path) {
  Way way;
  std::error_code failed;
  prepend(way.left, fs::absolute(path, failed));
  while (!way.left.empty()) {
    if (!step(way)) {
      return way.walk;
    }
  }
  way.walk.path = way.resolved;
  return way.walk;
}

// Bytes for an entry of the user or group database; a longer one is shown by its number.
constexpr std::size_t name_buffer = 4096;

// "root (0)", or the number where it has no name.
std::string with_number(const std::string& name, std::uint64_t number) {
  return name.empty() ? std::to_string(number) : name + " (" + std::to_string(number) + ")";
}

std::string user_name(uid_t user) {
  std::array<char, name_buffer> buffer{};
  struct passwd entry {};
  struct passwd* found = nullptr;
  ::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found);
  return with_number(found == nullptr ? "" : found->pw_name, user);
}

std::string group_name(gid_t group) {
  std::array<char, name_buffer> buffer{};
  struct group entry {};
  struct group* found = nullptr;
  ::getgrgid_r(group, &entry, buffer.data(), buffer.size(), &found);
  return with_number(found == nullptr ? "" : found->gr_name, group);
}

// At least four digits, as operators write modes: "0700".
std::string octal(mode_t mode) {
  std::string digits;
  for (unsigned left = mode & 07777U; left > 0 || digits.size() < 4; left /= 8U) {
    digits.insert(digits.begin(), static_cast<char>('0' + left % 8U));
  }
  return digits;
}

// "directory /x (owner root (0), group root (0), mode 0700)"
std::string described(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    return path.string();
  }
  return std::string{S_ISDIR(status.st_mode) ? "directory " : "file "} + path.string() +
         " (owner " + user_name(status.st_uid) + ", group " + group_name(status.st_gid) +
         ", mode " + octal(status.st_mode) + ")";
}

std::string owner_of(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? user_name(status.st_uid) : "its owner";
}

// Explains why this process may not search or read the path.
// Never follows where the process may not look: what lies behind a closed directory is not guessed.
std::string refusal(const fs::path& path) {
  const Walk walk = walk_along(path);
  const std::string self =
      "this process runs as user " + user_name(::geteuid()) + ", group " + group_name(::getegid());
  const bool closed = walk.end == End::closed_directory;
  if (!closed && (walk.end != End::reached || may(walk.path, R_OK))) {
    return self +
           ", and the permissions on the path would let it read: a security module or a mount "
           "option refuses";
  }
  const std::string right = closed ? "search" : "read";
  // Modes refuse root only what needs a capability; the daemon has given up all of them.
  const std::string bare = ::geteuid() == 0 ? " without root's capabilities" : "";
  return self + bare + ", and " + described(walk.path) + " does not let it " + right +
         "; run it as user " + owner_of(walk.path) + ", give this user " + right +
         " permission there (chmod, setfacl), or mount the file read-only where it can read it";
}

// Tells which part of the path is missing, or that a link leads nowhere.
std::string absence(const fs::path& path) {
  const Walk walk = walk_along(path);
  if (walk.through_link) {
    return "is a symbolic link, and its target " + walk.path.string() + " is not there";
  }
  std::error_code failed;
  const fs::path whole = fs::absolute(path, failed);
  return walk.path == whole ? "is not there"
                            : "is not there: " + walk.path.string() + " does not exist";
}

Fault not_a_directory(const fs::path& path) {
  const Walk walk = walk_along(path);
  if (walk.end == End::reached) {
    return {.reason = UnknownReason::unreadable, .message = path.string() + " is no directory"};
  }
  return {.reason = UnknownReason::missing_object,
          .message = path.string() + " is not there: " + walk.path.string() + " is no directory"};
}

}  // namespace

ReadResult<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open has no other form
  const FileDescriptor file{::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)};
  if (file.number() < 0) {
    return access_fault(path, errno);
  }
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) {
    return access_fault(path, errno);
  }
  if (const auto kind = other_kind(status.st_mode)) {
    return unreadable(path, *kind);
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > max_bytes) {
    return too_large(path, max_bytes);
  }
  return read_all(file.number(), path, size, max_bytes);
}

Fault access_fault(const fs::path& path, int errno_value) {
  switch (errno_value) {
    case ENOENT:
      return {.reason = UnknownReason::missing_object,
              .message = path.string() + " " + absence(path)};
    case ENOTDIR:
      return not_a_directory(path);
    case EACCES:
    case EPERM:
      return {.reason = UnknownReason::permission_denied,
              .message = path.string() + " is refused: " + refusal(path)};
    case ELOOP:
      return {.reason = UnknownReason::unreadable,
              .message = path.string() + " leads through a loop of symbolic links"};
    case ENXIO:
      return {.reason = UnknownReason::unreadable,
              .message = path.string() + " is a socket or a device without a driver"};
    default:
      return {.reason = UnknownReason::unreadable,
              .message = path.string() +
                         " cannot be opened: " + std::generic_category().message(errno_value)};
  }
}

}  // namespace compliance
