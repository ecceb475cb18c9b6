// Watches the files of the sources, the configuration and the waivers; reports changes as work.
#include "exporter/daemon/source_watcher.h"

#include <algorithm>
#include <set>

#include "exporter/daemon/work_queue.h"

namespace compliance {
namespace {

// FileWatch knows owners by number: the program's two files, then the sources of each installation.
constexpr WatchOwner config_owner = 0;
constexpr WatchOwner waivers_owner = 1;
constexpr WatchOwner first_source_owner = 2;

WatchOwner owner_of(std::size_t installation, Source source) {
  return first_source_owner + installation * all_sources.size() + static_cast<std::size_t>(source);
}

// The inverse of owner_of().
ChangedFiles changes_of(const std::set<WatchOwner>& owners) {
  ChangedFiles changes{.config = owners.contains(config_owner),
                       .waivers = owners.contains(waivers_owner)};
  for (auto owner = owners.lower_bound(first_source_owner); owner != owners.end(); ++owner) {
    const std::size_t number = *owner - first_source_owner;
    changes.sources[number / all_sources.size()].insert(
        all_sources.at(number % all_sources.size()).source);
  }
  return changes;
}

}  // namespace

SourceWatcher::SourceWatcher(WorkQueue& queue, bool events) {
  if (events) {
    watch_.emplace(
        [&queue](const std::set<WatchOwner>& owners, std::chrono::steady_clock::time_point first) {
          queue.add_changes(changes_of(owners), first);
        });
  }
}

void SourceWatcher::watch(std::size_t installation, const std::map<Source, WatchPlaces>& places) {
  if (!watch_) {
    return;
  }
  for (const auto& [source, of_source] : places) {
    reliable_[{installation, source}] = watch_->watch(owner_of(installation, source), of_source);
  }
}

void SourceWatcher::watch_own_files(const std::string& config_file,
                                    const std::string& waivers_file) {
  if (!watch_) {
    return;
  }
  for (const auto& [owner, path] :
       {std::pair{config_owner, config_file}, std::pair{waivers_owner, waivers_file}}) {
    watch_->watch(owner, path.empty() ? WatchPlaces{} : places_of_file(path));
  }
}

void SourceWatcher::forget_installations() {
  for (const auto& [key, reliable] : std::exchange(reliable_, {})) {
    watch_->forget(owner_of(key.first, key.second));
  }
}

std::optional<bool> SourceWatcher::is_watched(std::size_t installation, Source source) const {
  const auto found = reliable_.find({installation, source});
  return found == reliable_.end() ? std::nullopt : std::optional{found->second};
}

ChangedFiles SourceWatcher::polled() const {
  ChangedFiles files;
  for (const auto& [key, reliable] : reliable_) {
    if (!reliable) {
      files.sources[key.first].insert(key.second);
    }
  }
  return files;
}

}  // namespace compliance
