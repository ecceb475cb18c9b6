// The service's dealings with files: reading them, watching them, telling of their faults.
#include <utility>

#include "exporter/base/log.h"
#include "exporter/config/read_config.h"
#include "exporter/daemon/service.h"
#include "exporter/daemon/watch_owners.h"
#include "exporter/observe/probes/targets.h"

namespace compliance {
namespace {

// How often files are read for which no event can be relied on.
constexpr std::chrono::milliseconds look_interval{5'000};

// Facts that wait for the addresses of the names in the installation's allowlists.
std::vector<std::string> add_unasked_names(Installation& installation,
                                           const ProbeSettings& settings) {
  installation.names.clear();
  const auto others = ~static_cast<unsigned>(Evidence::names);
  installation.configured =
      static_cast<Evidence>(static_cast<unsigned>(installation.configured) & others);
  std::vector<std::string> names;
  if (!settings.offline) {
    names = probes::unresolved_names(installation);
  }
  for (const std::string& name : names) {
    installation.names.push_back({.name = name});
    installation.configured = installation.configured | Evidence::names;
  }
  return names;
}

}  // namespace

void Service::observe_all() {
  read_waivers();
  for (std::size_t index = 0; index < observed_.size(); ++index) {
    ObservedInstallation& observed = observed_[index];
    observed.seen = {};  // two readings at once would double the memory
    observed.seen =
        observed.observer.observe(std::chrono::floor<std::chrono::seconds>(context_.now()));
    probes::add_pending(observed.config, config_.probing, observed.seen.installation);
    complete(index, {file_sources.begin(), file_sources.end()});
  }
  observe_exporter();
  reported_faults_ = std::exchange(current_faults_, {});
}

void Service::observe_changed(const Work& work) {
  if (work.changed.contains(waivers_owner)) {
    read_waivers();
  }
  for (const auto& [index, sources] : sources_of(work.changed)) {
    if (index < observed_.size()) {
      observed_[index].observer.renew(observed_[index].seen, sources);
      complete(index, sources);
    }
  }
  reported_faults_.merge(current_faults_);  // what was not read now has the faults that it had
  current_faults_.clear();
}

void Service::complete(std::size_t index, const std::set<Source>& read) {
  ObservedInstallation& observed = observed_[index];
  Installation& installation = observed.seen.installation;
  prober_.set_names(installation.name, add_unasked_names(installation, config_.probing));
  watch(index, observed.seen.places);
  report_faults(installation, read);
}

void Service::watch(std::size_t index, const std::map<Source, WatchPlaces>& places) {
  if (!watch_) {
    return;
  }
  for (const auto& [source, of_source] : places) {
    observed_[index].watched[source] = watch_->watch(owner_of(index, source), of_source);
  }
}

void Service::watch_own_files() {
  if (!watch_) {
    return;
  }
  for (const auto& [owner, path] : {std::pair{config_owner, context_.config_file},
                                    std::pair{waivers_owner, config_.waivers_file}}) {
    watch_->watch(owner, path.empty() ? WatchPlaces{} : places_of_file(path));
  }
}

std::set<WatchOwner> Service::unwatched() const {
  std::set<WatchOwner> owners;
  for (std::size_t index = 0; index < observed_.size(); ++index) {
    for (const auto& [source, watched] : observed_[index].watched) {
      if (!watched) {
        owners.insert(owner_of(index, source));
      }
    }
  }
  return owners;
}

Work Service::next_work(const std::stop_token& stop) {
  const auto now = std::chrono::steady_clock::now();
  std::set<WatchOwner> to_look_for;
  {
    const std::scoped_lock lock(cycle_mutex_);
    if (everything_due_ <= now) {
      everything_due_ = now + config_.interval;
    }
    to_look_for = unwatched();
  }
  const auto look_due = now + look_interval;
  const bool looks = !to_look_for.empty() && look_due < everything_due_;
  heartbeat_.resting_until(looks ? look_due : everything_due_);
  Work work = wake_.wait(stop, looks ? look_due : everything_due_, debounce_.load());
  work.everything = std::chrono::steady_clock::now() >= everything_due_;
  if (looks && std::chrono::steady_clock::now() >= look_due) {
    work.changed.merge(to_look_for);
  }
  return work;
}

void Service::read_waivers() {
  WaiversFile file = read_waivers_file(config_);
  if (file.problems != waivers_.problems) {
    for (const std::string& problem : file.problems) {
      log_event(LogLevel::warn, "invalid waiver ignored", {{"err", problem}});
    }
  }
  waivers_ = std::move(file);
  watch_own_files();  // a file that was put in place of another is watched anew
}

void Service::report_faults(const Installation& installation, const std::set<Source>& read) {
  for (const SourceFault& fault : installation.faults) {
    const Source source = fault.origin.source;
    if (!read.contains(source)) {
      continue;
    }
    ++source_errors_[{source, fault.fault.reason}];
    const std::string key = installation.name + '\n' + std::string{fault.origin.place.text()} +
                            '\n' + fault.fault.message;
    current_faults_.insert(key);
    if (!reported_faults_.contains(key)) {
      log_event(LogLevel::warn, "source could not be read completely",
                {{"installation", installation.name},
                 {"source", std::string{name_of(source)}},
                 {"reason", std::string{name_of(fault.fault.reason)}},
                 {"place", std::string{fault.origin.place.text()}},
                 {"line", std::to_string(fault.origin.line)},
                 {"column", std::to_string(fault.origin.column)},
                 {"err", fault.fault.message}});
    }
  }
}

}  // namespace compliance
