// The configured installations with what was last read of their sources.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "exporter/base/instant.h"
#include "exporter/config/config.h"
#include "exporter/daemon/fault_log.h"
#include "exporter/observe/observe.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

struct ServiceEnvironment;
class SourceWatcher;
struct Work;
namespace probes {
class Prober;
}

// Who is told what was read: which files to watch, which names to resolve.
struct ObservationFollowers {
  SourceWatcher& watcher;
  probes::Prober& prober;
};

// The installations are those of the configuration, in its order. Where the exporter's own process
// is observed, the reserved installation `exporter` comes last; it changes with everything only.
// Used by one thread at a time. What is passed to the constructor has to outlive it.
class ObservedInstallations {
 public:
  // Without installations until configure() is called.
  ObservedInstallations(const ServiceEnvironment& environment, ObservationFollowers followers,
                        RuntimeMetrics& metrics);

  // Forgets everything that was read, except for when the content of a source last changed.
  void configure(const Config& config);

  // Reads every source of every installation, one installation after the other.
  void observe_all();

  // Reads these sources again, by index of the installation, and what depends on them.
  void observe_changed(const std::map<std::size_t, std::set<Source>>& changed);

  std::size_t size() const { return seen_.size(); }

  // The indexes of the installations that have to be evaluated after this work.
  std::set<std::size_t> touched_by(const Work& work) const;

  // What is known at this moment, with the newest probe results.
  const Installation& facts_of(std::size_t index, Instant now);

  // The sources as last read or probed. A digest that differs from the one before is a change, at
  // `now`.
  std::vector<SourceState> sources_of(std::size_t index, Instant now);

 private:
  // What was last seen of a source; kept across reloads, so that these are no changes.
  struct Content {
    std::string digest{};
    std::optional<Instant> changed_at{};
  };

  // Follows a reading: names to resolve, files to watch, faults to report.
  void complete(std::size_t index, const std::set<Source>& read);
  void observe_exporter();
  SourceState state_of(std::size_t index, const SourceReading& reading, Instant now);

  const ServiceEnvironment& environment_;
  ObservationFollowers followers_;
  FaultLog faults_;
  std::vector<InstallationConfig> configs_;
  std::vector<InstallationObserver> observers_;  // by index, without the exporter
  ProbeSettings probing_;
  std::vector<Observation> seen_;                               // by index
  std::map<std::pair<std::string, Source>, Content> contents_;  // by name of the installation
};

}  // namespace compliance
