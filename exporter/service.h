// One cycle: observe -> evaluate -> publish. Owns the observers, the reload and the timing.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "exporter/base/latest.h"
#include "exporter/base/result.h"
#include "exporter/config/config.h"
#include "exporter/config/waivers_file.h"
#include "exporter/observe/observe.h"
#include "exporter/observe/probes/prober.h"
#include "exporter/publish/routes.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// What the service needs of the world.
struct ServiceContext {
  std::function<Instant()> now{};
  std::string standard_input{};  // what a source named "-" stands for
  // Gives the configuration anew on a reload; absent: there is nothing to reload.
  std::function<Result<Config>()> read_config{};
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

  // Runs cycles at the configured interval until stopped, and judges anew when probes have
  // answered.
  void run(const std::stop_token& stop);

  // Reads the configuration again and judges by it before returning. A bad one leaves the old one
  // at work, is said by a gauge, and is the error.
  Result<std::string> reload();

  // The newest snapshot with its renderings.
  const Latest<RenderedSnapshot>& latest() const { return latest_; }

 private:
  struct SourceMemory {
    std::string digest{};
    std::optional<Instant> changed_at{};
  };
  using SourceKey = std::pair<std::string, Source>;  // installation, source
  // An installation with what was last read of its files.
  struct Observed {
    InstallationConfig config{};
    InstallationObserver observer;
    Observation seen{};
  };

  void apply(Config config);
  void observe_all();
  // Reads the waivers file again; says anew what is wrong with it when that has changed.
  void read_waivers();
  void observe_files(Observed& observed, Instant now);
  // Judges all by what is known of their files and endpoints now.
  std::shared_ptr<const Snapshot> judge_all(std::chrono::steady_clock::time_point started);
  PublishedInstallation judge(Observed& observed, Instant now);
  SourceState remember(const std::string& installation, const SourceReading& reading, Instant now);
  // Observes files again, or judges what is known; publishes the snapshot.
  void publish_cycle(bool files);
  // Until files are due, or until answers of probes have come and gathered; true for files.
  bool wait_for_cycle(const std::stop_token& stop, std::chrono::steady_clock::time_point due);
  // Counts the faults and logs those that the cycle before did not have.
  void report_faults(const Installation& installation);

  ServiceContext context_;
  std::mutex publish_mutex_;  // so that a newer snapshot never gives way to an older one
  std::mutex cycle_mutex_;    // held for a whole cycle and while the configuration changes
  Config config_;
  std::vector<Observed> observed_;
  WaiversFile waivers_;
  std::map<SourceKey, SourceMemory> sources_;
  std::map<std::pair<std::string, std::string>, Instant> last_evaluated_;  // installation, check
  std::map<std::pair<Source, UnknownReason>, std::uint64_t> source_errors_;
  std::set<std::string> reported_faults_;  // of the cycle before
  std::set<std::string> current_faults_;
  Histogram evaluation_duration_;
  bool last_reload_successful_ = true;
  Instant last_reload_success_{};
  Latest<RenderedSnapshot> latest_;
  std::atomic<std::chrono::milliseconds> gathering_time_{};
  std::mutex wake_mutex_;
  std::condition_variable_any wake_;
  bool answers_came_ = false;
  probes::Prober prober_;  // last, so that its threads end before what they call
};

}  // namespace compliance
