// A configured path -> the directories and files in which a change of it shows.
#pragma once

#include <compare>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace compliance {

// One thing to watch.
struct WatchPlace {
  std::filesystem::path path{};  // a directory, or the file itself
  // In a directory: only this name counts; empty: every name.
  std::string name{};

  // NOLINTNEXTLINE(modernize-use-nullptr): none is written
  auto operator<=>(const WatchPlace&) const = default;
};

// More directories than these are not watched for one source: what changes below the rest is
// noticed when the files are read again.
inline constexpr std::size_t max_watched_directories = 4096;

using WatchPlaces = std::set<WatchPlace>;

// For a file, there or not: the directory of every symbolic link on its way and of the file, each
// for that name alone, and the file itself (a bind mount is changed in place and its directory does
// not hear of it). Where a directory is missing, the nearest one above it that is there.
WatchPlaces places_of_file(const std::filesystem::path& path);

// For a directory: itself and all directories below it for every name, and the links on the way.
// Stops at `most` directories; what is left then is noticed by reading again.
WatchPlaces places_of_directory(const std::filesystem::path& path, std::size_t most);

// For files, directories and globs as find_manifest_files() takes them.
WatchPlaces places_of_patterns(const std::vector<std::string>& patterns, std::size_t most);

}  // namespace compliance
