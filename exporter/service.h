// One cycle: observe -> evaluate -> publish. Owns the observers, the reload and the timing.
#pragma once

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
#include "exporter/observe/observe.h"
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

  // Observes and judges now; publishes nothing.
  std::shared_ptr<const Snapshot> evaluate();

  // Runs one cycle now and publishes its snapshot.
  void publish();

  // Runs cycles at the configured interval, and at once when asked by reload, until stopped.
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

  void apply(Config config);
  PublishedInstallation judge(InstallationObserver& observer, Instant now);
  SourceState remember(const std::string& installation, const SourceReading& reading, Instant now);
  // Counts the faults and logs those that the cycle before did not have.
  void report_faults(const Installation& installation);

  ServiceContext context_;
  std::mutex publish_mutex_;  // so that a newer snapshot never gives way to an older one
  std::mutex cycle_mutex_;    // held for a whole cycle and while the configuration changes
  Config config_;
  std::vector<InstallationObserver> observers_;
  std::map<SourceKey, SourceMemory> sources_;
  std::map<std::pair<std::string, std::string>, Instant> last_evaluated_;  // installation, check
  std::map<std::pair<Source, UnknownReason>, std::uint64_t> source_errors_;
  std::set<std::string> reported_faults_;  // of the cycle before
  std::set<std::string> current_faults_;
  Histogram evaluation_duration_;
  bool last_reload_successful_ = true;
  Instant last_reload_success_{};
  Latest<RenderedSnapshot> latest_;
};

}  // namespace compliance
