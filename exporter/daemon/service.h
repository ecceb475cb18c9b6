// One cycle: observe -> evaluate -> record -> publish. Owns the observers, the reload and the
// timing.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "exporter/base/latest.h"
#include "exporter/base/result.h"
#include "exporter/config/config.h"
#include "exporter/config/waivers_file.h"
#include "exporter/daemon/work_queue.h"
#include "exporter/history/history.h"
#include "exporter/observe/observe.h"
#include "exporter/observe/probes/prober.h"
#include "exporter/observe/process/process_source.h"
#include "exporter/observe/watch/file_watch.h"
#include "exporter/publish/api/routes.h"
#include "exporter/publish/snapshot.h"
#include "exporter/supervisor/heartbeat.h"

namespace compliance {

// What the service needs of the world.
struct ServiceContext {
  std::function<Instant()> now{};
  std::string standard_input{};  // what a source named "-" stands for
  // Gives the configuration anew on a reload; absent: there is nothing to reload.
  std::function<Result<Config>()> read_config{};
  std::string config_file{};  // watched, where `watches`
  std::string state_path{};   // of the history; empty: memory
  bool watches = false;       // whether events tell of changed files
  // Observes the exporter's own process; absent: it is not judged.
  std::function<Observation(const EvidencePlaces&)> observe_exporter{};
  std::function<void()> ready{};  // called once, when the first snapshot is there
};

// run() belongs to one thread, everything else may be called from any.
class Service {
 public:
  Service(Config config, ServiceContext context);

  // Observes and judges now, with what probes have answered so far; publishes nothing.
  std::shared_ptr<const Snapshot> evaluate();

  // The same once every endpoint, name and door has been asked. `progress` is called now and then
  // with how many were and how many there are.
  std::shared_ptr<const Snapshot> evaluate_when_asked(
      const std::function<void(std::size_t, std::size_t)>& progress);

  // Runs one cycle now and publishes its snapshot.
  void publish();

  // Runs cycles until stopped: at the configured interval over everything, at once over files that
  // have changed, and soon over answers of probes.
  void run(const std::stop_token& stop);

  // Reads the configuration again and judges by it before returning. A bad one leaves the old one
  // at work, is logged and said by a gauge, and is the error.
  Result<std::string> reload();

  // The newest snapshot with its renderings.
  const Latest<RenderedSnapshot>& latest() const { return latest_; }

  // Of the cycles that run() makes.
  const Heartbeat& heartbeat() const { return heartbeat_; }

  Result<EventPage> events(const EventQuery& query) const { return history_.events(query); }

 private:
  struct SourceMemory {
    std::string digest{};
    std::optional<Instant> changed_at{};
  };
  using SourceKey = std::pair<std::string, Source>;  // installation, source
  // An installation with what was last read of its files.
  struct ObservedInstallation {
    InstallationConfig config{};
    InstallationObserver observer;
    Observation seen{};
    std::map<Source, bool> watched{};  // whether events can be relied on
  };

  void apply(Config config);
  void observe_all();
  // What of the work concerns files.
  void observe_changed(const Work& work);
  // What follows from a reading: names to resolve, places to watch, faults to tell of.
  void complete(std::size_t index, const std::set<Source>& read);
  // Reads the waivers file again; says anew what is wrong with it when that has changed.
  void read_waivers();
  void watch(std::size_t index, const std::map<Source, WatchPlaces>& places);
  void watch_own_files();
  std::set<WatchOwner> unwatched() const;

  // Judges these installations, by number, by what is known of their files and endpoints now; the
  // others stand as the snapshot before has them.
  std::shared_ptr<const Snapshot> judge(const std::set<std::size_t>& touched,
                                        std::chrono::steady_clock::time_point started);
  PublishedInstallation judge(ObservedInstallation& observed, Instant now);
  // The reserved installation `exporter`, where the process is observed at all: behind the others,
  // and touched when everything is.
  void observe_exporter();
  PublishedInstallation judge_exporter(Instant now);
  std::set<std::size_t> all() const;
  std::set<std::size_t> touched_by(const Work& work) const;
  void record(Snapshot& snapshot, const std::set<std::size_t>& touched);
  void add_own_state(Snapshot& snapshot) const;
  SourceState remember(const std::string& installation, const SourceReading& reading, Instant now);
  // Counts the faults of what was read and logs those that the cycle before did not have.
  void report_faults(const Installation& installation, const std::set<Source>& read);
  // Does the work and publishes the snapshot.
  void publish_cycle(const Work& work);
  Work next_work(const std::stop_token& stop);

  ServiceContext context_;
  std::mutex publish_mutex_;  // so that a newer snapshot never gives way to an older one
  std::mutex cycle_mutex_;    // held for a whole cycle and while the configuration changes
  Config config_;
  std::vector<ObservedInstallation> observed_;
  Observation exporter_{};                  // as last seen
  std::shared_ptr<const Snapshot> judged_;  // the newest; null: nothing by this configuration
  WaiversFile waivers_;
  History history_;
  std::map<SourceKey, SourceMemory> sources_;
  std::map<std::pair<Source, UnknownReason>, std::uint64_t> source_errors_;
  std::set<std::string> reported_faults_;  // of the cycle before
  std::set<std::string> current_faults_;
  Histogram evaluation_duration_;
  Histogram drift_latency_;
  bool last_reload_successful_ = true;
  Instant last_reload_success_{};
  Latest<RenderedSnapshot> latest_;
  Heartbeat heartbeat_;
  std::atomic<std::chrono::milliseconds> debounce_{};
  std::chrono::steady_clock::time_point everything_due_{};  // of run() alone
  WorkQueue wake_;
  // Last, so that their threads end before what they call.
  std::optional<FileWatch> watch_;
  probes::Prober prober_;
};

}  // namespace compliance
