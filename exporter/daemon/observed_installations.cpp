// The configured installations with what was last read of their sources.
#include "exporter/daemon/observed_installations.h"

#include <algorithm>
#include <chrono>

#include "exporter/daemon/service_environment.h"
#include "exporter/daemon/source_watcher.h"
#include "exporter/daemon/work_queue.h"
#include "exporter/observe/probes/prober.h"
#include "exporter/observe/probes/targets.h"
#include "exporter/observe/sources.h"

namespace compliance {
namespace {

// Adds a pending fact for each name of the installation's allowlists; returns these names.
std::vector<std::string> add_pending_names(Installation& installation,
                                           const ProbeSettings& settings) {
  installation.probed.names.clear();
  installation.configured = installation.configured - Source::dns;
  std::vector<std::string> names;
  if (!settings.offline) {
    names = probes::unresolved_names(installation);
  }
  for (const std::string& name : names) {
    installation.probed.names.push_back({.name = name});
    installation.configured = installation.configured | Source::dns;
  }
  return names;
}

}  // namespace

ObservedInstallations::ObservedInstallations(const ServiceEnvironment& environment,
                                             ObservationFollowers followers,
                                             RuntimeMetrics& metrics)
    : environment_(environment), followers_(followers), faults_(metrics) {}

void ObservedInstallations::configure(const Config& config) {
  followers_.watcher.forget_installations();
  configs_ = config.installations;
  probing_ = config.probing;
  observers_.clear();
  for (std::size_t index = 0; index < configs_.size(); ++index) {
    observers_.emplace_back(configs_[index], config.limits, environment_.standard_input);
    // Before anything is read, so that no change falls between reading and watching.
    followers_.watcher.watch(index, configured_places(configs_[index]));
  }
  seen_.clear();
  seen_.resize(observers_.size() + (environment_.observe_exporter ? 1 : 0));
}

void ObservedInstallations::observe_all() {
  for (std::size_t index = 0; index < observers_.size(); ++index) {
    seen_[index] = {};  // two readings at once would double the memory
    seen_[index] =
        observers_[index].observe(std::chrono::floor<std::chrono::seconds>(environment_.now()));
    probes::add_pending(configs_[index], probing_, seen_[index].installation);
    complete(index, file_sources());
  }
  observe_exporter();
  faults_.end_full_cycle();
}

void ObservedInstallations::observe_exporter() {
  if (!environment_.observe_exporter) {
    return;
  }
  // By name, since the posture shows installations by it.
  std::map<std::string, std::map<Source, WatchPlaces>> evidence;
  for (std::size_t index = 0; index < configs_.size(); ++index) {
    evidence[configs_[index].name] = seen_[index].places;
  }
  seen_.back() = environment_.observe_exporter(evidence);
  faults_.report(seen_.back().installation, {Source::process});
}

void ObservedInstallations::observe_changed(
    const std::map<std::size_t, std::set<Source>>& changed) {
  for (const auto& [index, sources] : changed) {
    if (index < observers_.size()) {  // not of a configuration before
      // In place: what does not depend on these sources stays as it was read.
      observers_[index].renew(seen_[index], sources);
      complete(index, sources);
    }
  }
  faults_.end_partial_cycle();
}

void ObservedInstallations::complete(std::size_t index, const std::set<Source>& read) {
  Installation& installation = seen_[index].installation;
  followers_.prober.set_names(installation.name, add_pending_names(installation, probing_));
  followers_.watcher.watch(index, seen_[index].places);
  faults_.report(installation, read);
  for (const SourceReading& reading : seen_[index].sources) {
    if (read.contains(reading.source) && !reading.note.empty()) {
      faults_.note(installation.name, reading.source, reading.note);
    }
  }
}

std::set<std::size_t> ObservedInstallations::touched_by(const Work& work) const {
  std::set<std::size_t> touched;
  for (std::size_t index = 0; index < seen_.size(); ++index) {
    if (work.everything || work.changed.waivers || work.changed.sources.contains(index) ||
        work.answered.contains(seen_[index].installation.name)) {
      touched.insert(index);
    }
  }
  return touched;
}

const Installation& ObservedInstallations::facts_of(std::size_t index, Instant now) {
  Installation& installation = seen_[index].installation;
  installation.observed_at = std::chrono::floor<std::chrono::seconds>(now);
  followers_.prober.add_answers(installation);
  return installation;
}

std::vector<SourceState> ObservedInstallations::sources_of(std::size_t index, Instant now) {
  std::vector<SourceState> states;
  for (const SourceReading& reading : seen_[index].sources) {
    states.push_back(state_of(index, reading, now));
  }
  for (const SourceReading& reading :
       followers_.prober.sources_of(seen_[index].installation.name)) {
    states.push_back(state_of(index, reading, now));
  }
  return states;
}

SourceState ObservedInstallations::state_of(std::size_t index, const SourceReading& reading,
                                            Instant now) {
  Content& content = contents_[{seen_[index].installation.name, reading.source}];
  if (!reading.content_digest.empty() && content.digest != reading.content_digest) {
    if (!content.digest.empty()) {
      content.changed_at = now;
    }
    content.digest = reading.content_digest;
  }
  return {.source = reading.source,
          .up = reading.up,
          .last_change = content.changed_at,
          .watched = followers_.watcher.is_watched(index, reading.source),
          .note = reading.note};
}

}  // namespace compliance
