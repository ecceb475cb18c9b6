// A configured path -> the directories and files in which a change of it shows.
#include "exporter/observe/watch/places.h"

#include <system_error>

namespace compliance {
namespace {

namespace fs = std::filesystem;

constexpr int max_links = 40;  // as the kernel follows

// Walks a path name by name, as the kernel resolves it.
class PathWalk {
 public:
  explicit PathWalk(WatchPlaces& places) : places_(places) {}

  // Adds a place for every name on the way that could come, go or lead elsewhere, and gives the
  // path without links; empty where it leads nowhere.
  fs::path walk(const fs::path& path) {
    std::error_code error;
    fs::path reached = path.is_absolute() ? path.root_path() : fs::current_path(error);
    for (const fs::path& name : path.relative_path()) {
      if (name == "." || name.empty()) {
        continue;
      }
      if (name == "..") {
        reached = reached.parent_path();
        continue;
      }
      reached = step(reached, name);
      if (reached.empty()) {
        return {};
      }
    }
    return reached;
  }

 private:
  // One name further; empty where it leads nowhere. A directory that is no link gets no place of
  // its own: only what may be swapped or is missing does.
  fs::path step(const fs::path& directory, const fs::path& name) {
    fs::path path = directory / name;
    std::error_code error;
    const fs::file_status status = fs::symlink_status(path, error);
    const bool there = fs::exists(status);
    if (!there || fs::is_symlink(status) || !fs::is_directory(status)) {
      places_.insert({.path = directory, .name = name.string()});
    }
    if (!there) {
      return {};
    }
    if (!fs::is_symlink(status)) {
      return path;
    }
    const fs::path target = fs::read_symlink(path, error);
    if (error || ++links_ > max_links) {
      return {};
    }
    return walk(target.is_absolute() ? target : directory / target);
  }

  WatchPlaces& places_;
  int links_ = 0;
};

// The characters that glob(7) gives a meaning.
bool has_wildcard(const fs::path& name) {
  return name.string().find_first_of("*?[") != std::string::npos;
}

// The part of a pattern in front of its first wildcard.
fs::path fixed_part(const fs::path& pattern) {
  fs::path fixed;
  for (const fs::path& name : pattern) {
    if (has_wildcard(name)) {
      break;
    }
    fixed /= name;
  }
  return fixed.empty() ? fs::path{"."} : fixed;
}

}  // namespace

WatchPlaces places_of_file(const fs::path& path) {
  WatchPlaces places;
  const fs::path reached = PathWalk{places}.walk(path);
  if (!reached.empty()) {
    places.insert({.path = reached});
  }
  return places;
}

WatchPlaces places_of_directory(const fs::path& path, std::size_t most) {
  WatchPlaces places;
  const fs::path reached = PathWalk{places}.walk(path);
  if (reached.empty()) {
    return places;
  }
  places.insert({.path = reached});
  std::error_code error;
  fs::recursive_directory_iterator entry{reached, fs::directory_options::skip_permission_denied,
                                         error};
  for (; !error && entry != fs::recursive_directory_iterator{} && places.size() < most;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
      places.insert({.path = entry->path()});
    } else if (entry->is_symlink(ignored)) {
      places.merge(places_of_file(entry->path()));
    }
  }
  return places;
}

// Takes patterns as the Kubernetes source does, so that what is read is also watched.
WatchPlaces places_of_patterns(const std::vector<std::string>& patterns, std::size_t most) {
  WatchPlaces places;
  for (const std::string& pattern : patterns) {
    std::error_code ignored;
    if (fs::is_directory(pattern, ignored)) {
      places.merge(places_of_directory(pattern, most));
    } else if (has_wildcard(pattern) && !fs::exists(pattern, ignored)) {
      places.merge(places_of_directory(fixed_part(pattern), most));
    } else {
      places.merge(places_of_file(pattern));
    }
  }
  return places;
}

}  // namespace compliance
