// Who may reach a file, and whether this process could change the evidence it reads.
#include "exporter/observe/process/file_access.h"

#include <cerrno>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exporter/base/read_file.h"
#include "exporter/observe/secrets/shielded_path.h"

namespace compliance {
namespace {

namespace fs = std::filesystem;

Origin origin_of(const fs::path& path) {
  return {.source = Source::process, .place = Location{path.string()}};
}

// Of what a link leads to; nothing when there is none, with the reason in errno.
std::optional<struct stat> status_of(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? std::optional{status} : std::nullopt;
}

// Asks for the effective user, so that capabilities, access lists and read-only mounts count:
// mode bits alone would not tell.
bool may(const fs::path& path, int rights) {
  return ::faccessat(AT_FDCWD, path.c_str(), rights, AT_EACCESS) == 0;
}

// Whether an entry of the directory could be removed, and another one be put there. In a sticky
// directory only the owners of the entry or of the directory may.
bool could_replace(const fs::path& directory, const struct stat& entry) {
  if (!may(directory, W_OK | X_OK)) {
    return false;
  }
  const auto status = status_of(directory);
  const bool sticky = status && (status->st_mode & S_ISVTX) != 0;
  const uid_t user = ::geteuid();
  return !sticky || status->st_uid == user || entry.st_uid == user;
}

// The first file of a directory that could be written, or the directory itself.
std::optional<fs::path> writable_in(const fs::path& directory) {
  if (may(directory, W_OK | X_OK)) {
    return directory;
  }
  std::error_code failed;
  for (fs::directory_iterator entry{directory, failed}, end; !failed && entry != end;
       entry.increment(failed)) {
    if (may(entry->path(), W_OK)) {
      return entry->path();
    }
  }
  return std::nullopt;
}

// The path by which this process could change what is at the place; nothing when it could not.
std::optional<fs::path> writable_at(const WatchPlace& place, const struct stat& status) {
  if (!place.name.empty() && could_replace(place.path, status)) {
    return place.path / place.name;
  }
  if (place.name.empty() && S_ISDIR(status.st_mode)) {
    return writable_in(place.path);
  }
  const fs::path file = place.path / place.name;
  return !S_ISDIR(status.st_mode) && may(file, W_OK) ? std::optional{file} : std::nullopt;
}

}  // namespace

Fact<FileAccess> read_file_access(const fs::path& path) {
  const Origin origin = origin_of(path);
  const auto status = status_of(path);
  if (!status) {
    return {.origin = origin, .fault = access_fault(path, errno)};
  }
  // A bare file name lies in the working directory.
  const fs::path above = path.has_parent_path() ? path.parent_path() : fs::path{"."};
  const auto directory = status_of(above);
  if (!directory) {
    return {.origin = origin, .fault = access_fault(above, errno)};
  }
  return {.value = FileAccess{.mode = status->st_mode & 07777U,
                              .owner = status->st_uid,
                              .group = status->st_gid,
                              .shielded_by_directory = parents_deny_others(path),
                              .directory_writable_by_others =
                                  (directory->st_mode & (S_IWGRP | S_IWOTH)) != 0},
          .origin = origin};
}

Fact<bool> read_writable(const WatchPlaces& places) {
  std::optional<fs::path> seen;
  for (const WatchPlace& place : places) {
    const fs::path path = place.name.empty() ? place.path : place.path / place.name;
    const auto status = status_of(path);
    if (!status) {
      continue;
    }
    if (const auto writable = writable_at(place, *status)) {
      return {.value = true, .origin = origin_of(*writable)};
    }
    // The first place that is there stands for the source when nothing can be written.
    seen = seen.value_or(path);
  }
  if (!seen) {
    const fs::path missing = places.empty() ? fs::path{} : places.begin()->path;
    return {.origin = origin_of(missing),
            .fault = Fault{.reason = UnknownReason::missing_object,
                           .message = "nothing of the source is there"}};
  }
  return {.value = false, .origin = origin_of(*seen)};
}

}  // namespace compliance
