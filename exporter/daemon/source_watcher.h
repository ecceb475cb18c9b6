// Watches the files of the sources, the configuration and the waivers; reports changes as work.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "checks/facts/origin.h"
#include "exporter/observe/watch/file_watch.h"

namespace compliance {

struct ChangedFiles;
class WorkQueue;

// Used by one thread at a time. Its own thread adds changes to the queue, which must outlive it.
class SourceWatcher {
 public:
  // With `events` false it watches nothing.
  SourceWatcher(WorkQueue& queue, bool events);

  // Watches the places of an installation's file sources in place of those it watched before.
  void watch(std::size_t installation, const std::map<Source, WatchPlaces>& places);

  // Watches the configuration and waivers files, whether they exist or not; an empty path: none.
  void watch_own_files(const std::string& config_file, const std::string& waivers_file);

  // Stops watching the sources of all installations.
  void forget_installations();

  // True when events report changes of the source, false when it has to be polled; nothing for what
  // is not watched.
  std::optional<bool> is_watched(std::size_t installation, Source source) const;

  // The sources that have to be polled, since events of their files cannot be relied on.
  ChangedFiles polled() const;

 private:
  std::map<std::pair<std::size_t, Source>, bool> reliable_;  // by installation and source
  std::optional<FileWatch> watch_;                           // absent: no events
};

}  // namespace compliance
