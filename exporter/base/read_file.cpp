// Reads files that may be anything, without ever waiting for one.
#include "exporter/base/read_file.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace compliance {
namespace {

// Closes what it holds.
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

constexpr std::size_t block = 1U << 16U;

Fault unreadable(const std::filesystem::path& path, const std::string& why) {
  return {.reason = UnknownReason::unreadable, .message = path.string() + " " + why};
}

Fault too_large(const std::filesystem::path& path, std::size_t max_bytes) {
  return {.reason = UnknownReason::limit_exceeded,
          .message = path.string() + " is larger than the limit of " + std::to_string(max_bytes) +
                     " bytes"};
}

// What a file of this mode is, when it is not a regular one.
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
    if (filled > max_bytes) {
      return too_large(path, max_bytes);
    }
    if (filled == text.size()) {
      text.resize(std::min(filled + block, max_bytes + 1));
    }
  }
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

}  // namespace compliance
