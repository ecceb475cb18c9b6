// The store as a file.
#include "exporter/history/store_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exporter/base/timestamp.h"

namespace compliance {
namespace {

std::filesystem::path with_suffix(const std::filesystem::path& path, std::string_view suffix) {
  return path.string() + std::string{suffix};
}

// Of the kind `refused`: nothing that time or a new file would mend.
StoreError refusal(const std::string& words) { return {.message = words}; }

// What the system refused, in its own words; a disk without room is a kind of its own.
StoreError failure(const std::string& attempt, int errno_value) {
  return {.fault = errno_value == ENOSPC ? StoreFault::full : StoreFault::refused,
          .message = attempt + ": " + std::generic_category().message(errno_value)};
}

// For the user alone: messages may name hosts and paths. O_EXCL, so that a file or a link that
// appears meanwhile is not touched.
std::optional<StoreError> make_file(const std::filesystem::path& store) {
  const std::filesystem::path directory = store.parent_path();
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
    return failure("making the directory " + directory.string(), errno);
  }
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open has no other form
  const int file = ::open(store.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno != EEXIST) {
    return failure("making the file", errno);
  }
  if (file >= 0) {
    ::close(file);
  }
  return std::nullopt;
}

// "20260625T000118Z".
std::string compact_time(Instant now) {
  std::string text;
  for (const char byte : rfc3339(now).substr(0, 19)) {
    if (byte != '-' && byte != ':') {
      text += byte;
    }
  }
  return text + "Z";
}

// SQLite finds the companions of a store by its name, so they keep their endings.
constexpr auto companions = std::to_array<std::string_view>({"-wal", "-shm", "-journal"});

bool is_companion(const std::string& name) {
  return std::any_of(companions.begin(), companions.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

// Damaged stores beside this one, their companions not counted.
int count_set_aside(const std::filesystem::path& store) {
  const std::string prefix = store.filename().string() + ".corrupt-";
  int count = 0;
  std::error_code ignored;
  for (std::filesystem::directory_iterator entry{store.parent_path(), ignored}, end; entry != end;
       entry.increment(ignored)) {
    const std::string name = entry->path().filename().string();
    count += name.starts_with(prefix) && !is_companion(name) ? 1 : 0;
  }
  return count;
}

// A dangling link takes a name as well.
bool is_taken(const std::filesystem::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

// The new name for a damaged store: with the time, and a number where that is taken.
std::filesystem::path free_name(const std::filesystem::path& store, Instant now) {
  const std::filesystem::path wanted = with_suffix(store, ".corrupt-" + compact_time(now));
  std::filesystem::path name = wanted;
  for (int number = 2; is_taken(name) || is_taken(log_of(name)); ++number) {
    name = with_suffix(wanted, "." + std::to_string(number));
  }
  return name;
}

}  // namespace

std::optional<FileIdentity> identity_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    return std::nullopt;
  }
  return FileIdentity{.device = status.st_dev, .number = status.st_ino};
}

std::filesystem::path resolved(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::path absolute = std::filesystem::absolute(path, error);
  // A link to a file that is yet to be made; more than a few such links are a loop.
  for (int links = 0; links < 8 && !std::filesystem::exists(absolute, error); ++links) {
    const auto target = std::filesystem::read_symlink(absolute, error);
    if (error) {
      break;
    }
    absolute = absolute.parent_path() / target;
  }
  const std::filesystem::path whole = std::filesystem::weakly_canonical(absolute, error);
  return error ? absolute : whole;
}

std::filesystem::path log_of(const std::filesystem::path& store) {
  return with_suffix(store, "-wal");
}

Stored<bool> prepare_file(const std::filesystem::path& store) {
  struct stat status {};
  if (::stat(store.c_str(), &status) != 0) {
    if (errno != ENOENT) {
      return failure("looking at the file", errno);
    }
    if (auto error = make_file(store)) {
      return *error;
    }
    return true;
  }
  if (!S_ISREG(status.st_mode)) {
    return refusal(S_ISDIR(status.st_mode) ? "it is a directory, not a file"
                                           : "it is no regular file");
  }
  // By the effective user: SQLite would open a file that it cannot write for reading, silently.
  if (::faccessat(AT_FDCWD, store.c_str(), R_OK | W_OK, AT_EACCESS) != 0) {
    return failure("it cannot be read and written by this user", errno);
  }
  if (::faccessat(AT_FDCWD, store.parent_path().c_str(), W_OK, AT_EACCESS) != 0) {
    return failure("its directory cannot be written by this user, as its log needs", errno);
  }
  return status.st_size == 0;
}

Stored<std::filesystem::path> set_aside(const std::filesystem::path& store, Instant now) {
  if (count_set_aside(store) >= max_set_aside) {
    return refusal("there are " + std::to_string(max_set_aside) +
                   " damaged ones beside it already; look at them and remove what is not needed");
  }
  const std::filesystem::path kept = free_name(store, now);
  if (::rename(store.c_str(), kept.c_str()) != 0 && errno != ENOENT) {
    return failure("keeping it as " + kept.string(), errno);
  }
  // After the store itself: a log without its store is recognised by open(), a store without its
  // log would have lost transactions.
  for (const std::string_view ending : companions) {
    if (::rename(with_suffix(store, ending).c_str(), with_suffix(kept, ending).c_str()) != 0 &&
        errno != ENOENT) {
      return failure("keeping its companion " + std::string{ending}, errno);
    }
  }
  return kept;
}

void set_log_aside(const std::filesystem::path& store, Instant now) {
  std::error_code ignored;
  std::filesystem::rename(log_of(store), log_of(free_name(store, now)), ignored);
}

}  // namespace compliance
