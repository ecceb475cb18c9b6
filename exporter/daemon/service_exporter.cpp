// The service's look at its own process: an installation that only a running daemon has.
#include <utility>

#include "exporter/daemon/service.h"

namespace compliance {

void Service::observe_exporter() {
  if (!context_.observe_exporter) {
    return;
  }
  EvidencePlaces evidence;
  for (const ObservedInstallation& observed : observed_) {
    evidence[observed.config.name] = observed.seen.places;
  }
  exporter_ = context_.observe_exporter(evidence);
  report_faults(exporter_.installation, {Source::process});
}

PublishedInstallation Service::judge_exporter(Instant now) {
  Installation& installation = exporter_.installation;
  installation.observed_at = std::chrono::floor<std::chrono::seconds>(now);
  PublishedInstallation published;
  published.result = compliance::evaluate(installation, config_.evaluation);
  apply_waivers(published.result, waivers_.waivers, installation.observed_at);
  for (const SourceReading& reading : exporter_.sources) {
    published.sources.push_back(remember(installation.name, reading, now));
  }
  return published;
}

}  // namespace compliance
