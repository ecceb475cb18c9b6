// The waivers file as it was last read.
#include "exporter/daemon/waiver_file.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "exporter/base/log.h"
#include "exporter/config/read_config.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

void WaiverFile::read(const Config& config) {
  WaiversFile file = read_waivers_file(config);
  if (file.problems != file_.problems) {
    for (const std::string& problem : file.problems) {
      log_event(LogLevel::warn, "invalid waiver ignored", {{"err", problem}});
    }
  }
  file_ = std::move(file);
}

void WaiverFile::apply_to(InstallationResult& result, std::chrono::sys_seconds now) const {
  apply_waivers(result, file_.waivers, now);
}

void WaiverFile::add_to(Snapshot& snapshot) const {
  std::vector<const InstallationResult*> results;
  for (const PublishedInstallation& installation : snapshot.installations) {
    results.push_back(&installation.result);
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(snapshot.published_at);
  // By all installations: a waiver is used or not once for the whole snapshot.
  const std::vector<WaiverState> states = states_of(file_.waivers, results, now);
  for (std::size_t index = 0; index < states.size(); ++index) {
    snapshot.waivers.push_back({.waiver = file_.waivers[index], .state = states[index]});
  }
  snapshot.invalid_waivers = file_.invalid;
}

}  // namespace compliance
