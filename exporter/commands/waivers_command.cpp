// The subcommand `waivers check`.
#include "exporter/commands/waivers_command.h"

#include <algorithm>
#include <iostream>

#include "exporter/base/timestamp.h"
#include "exporter/commands/exit_code.h"
#include "exporter/config/parse_config.h"
#include "exporter/config/read_config.h"
#include "exporter/daemon/service.h"
#include "exporter/publish/metrics/runtime_metrics.h"
#include "exporter/publish/snapshot.h"

namespace compliance {
namespace {

// At least one waiver needs attention; no statement about the checks.
constexpr int exit_problem = 1;

// Findings of all installations that carry the waiver's id.
std::size_t findings_covered_by(const Snapshot& snapshot, const std::string& id) {
  const auto is_covered = [&id](const Finding& finding) { return finding.waiver == id; };
  std::size_t count = 0;
  for (const PublishedInstallation& installation : snapshot.installations) {
    for (const CheckResult& check : installation.result.checks) {
      count += static_cast<std::size_t>(
          std::count_if(check.findings.begin(), check.findings.end(), is_covered));
    }
  }
  return count;
}

}  // namespace

int run_waivers_check(const std::string& config_file) {
  auto config = read_config(config_file);
  if (!config) {
    return usage_error(config.error().message);
  }
  if (config.value().waivers_file.empty()) {
    return usage_error(config_file + ": no waivers_file is configured");
  }
  const WaiversFile file = read_waivers_file(config.value());
  RuntimeMetrics metrics;
  Service service{
      std::move(config).value(), {.now = [] { return std::chrono::system_clock::now(); }}, metrics};
  const auto snapshot = service.evaluate_after_probing({});
  bool ok = file.problems.empty();
  for (const std::string& problem : file.problems) {
    std::cout << "invalid   " << problem << '\n';
  }
  for (const PublishedWaiver& shown : snapshot->waivers) {
    const Waiver& waiver = shown.waiver;
    if (waiver.installation == exporter_installation_name && shown.state == WaiverState::unused) {
      std::cout << "exporter  " << waiver.id << ": " << waiver.check
                << " is evaluated by a running daemon only\n";
      continue;
    }
    ok = ok && (shown.state == WaiverState::active || shown.state == WaiverState::expiring);
    std::cout << name_of(shown.state) << std::string(10 - name_of(shown.state).size(), ' ')
              << waiver.id << ": " << waiver.check << " in " << waiver.installation << ", until "
              << rfc3339(waiver.expires) << ", covers " << findings_covered_by(*snapshot, waiver.id)
              << " findings\n";
  }
  std::cout << snapshot->waivers.size() << " waivers, " << file.invalid << " invalid entries\n";
  return ok ? 0 : exit_problem;
}

}  // namespace compliance
