// The file of the store: its path, its identity, and how a damaged one is set aside.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "exporter/base/instant.h"
#include "exporter/history/database.h"

namespace compliance {

// Which file it is, whatever its name: device and inode number.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t number = 0;

  // A number may be used again once its file is gone; a file that is held open keeps it.
  bool operator==(const FileIdentity&) const = default;
};

// Links are followed. Nothing when there is no such file, or it cannot be asked.
std::optional<FileIdentity> identity_of(const std::filesystem::path& path);

// The path, absolute and with links resolved, so that the store, its log and a damaged one lie side
// by side. What does not exist yet stays as it is named; never fails.
std::filesystem::path resolved(const std::filesystem::path& path);

// Name of the write-ahead log of the store, as SQLite derives it.
std::filesystem::path log_of(const std::filesystem::path& store);

// Sees to it that there is a regular file that can be read and written, in a directory that can be
// written: makes an empty one (0600) and, when its directory alone is missing, that too (0700).
// Says whether the file is empty. Everything else is refused with the reason.
Stored<bool> prepare_file(const std::filesystem::path& store);

// Renames the store and its companions to FILE.corrupt-TIME; nothing is overwritten. The new name.
// Refused once there are many such files: a failing disk would fill itself with them.
Stored<std::filesystem::path> set_aside(const std::filesystem::path& store, Instant now);
constexpr int max_set_aside = 10;

// The same for the log alone. Failures are ignored: there is nothing left to be done about them.
void set_log_aside(const std::filesystem::path& store, Instant now);

}  // namespace compliance
