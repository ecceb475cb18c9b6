// The file of the store: its path, its identity, and how a damaged one is set aside.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "exporter/base/instant.h"
#include "exporter/history/database.h"

namespace compliance {

// Which file it is, whatever its name.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t number = 0;

  bool operator==(const FileIdentity&) const = default;
};

// Nothing when there is no such file.
std::optional<FileIdentity> identity_of(const std::filesystem::path& path);

// The path with links resolved, so that the store, its log and a damaged one lie side by side.
std::filesystem::path resolved(const std::filesystem::path& path);

// Name of the write-ahead log of the store.
std::filesystem::path log_of(const std::filesystem::path& store);

// Sees to it that there is a regular file: makes an empty one (0600) and, when its directory alone
// is missing, that too (0700). Says whether the file is empty.
Stored<bool> prepare_file(const std::filesystem::path& store);

// Renames the store and its companions to FILE.corrupt-TIME; nothing is overwritten. The new name.
// Refused once there are many such files: a failing disk would fill itself with them.
Stored<std::filesystem::path> set_aside(const std::filesystem::path& store, Instant now);
constexpr int max_set_aside = 10;

// The same for the log alone.
void set_log_aside(const std::filesystem::path& store, Instant now);

}  // namespace compliance
