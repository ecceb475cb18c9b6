// What is published: results and the state of the sources at one moment. Never changed afterwards.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exporter/evaluate/evaluate.h"

namespace compliance {

using Instant = std::chrono::system_clock::time_point;

// One configured source of an installation.
struct SourceState {
  Source source = Source::compose;
  bool up = false;
  std::optional<Instant> last_change{};  // last content change seen

  bool operator==(const SourceState&) const = default;
};

struct PublishedInstallation {
  InstallationResult result{};
  std::vector<SourceState> sources{};
  // When each check last had a definite verdict, by id.
  std::map<std::string, Instant, std::less<>> last_evaluated{};
};

// Cumulative counts of a Prometheus histogram; bounds in seconds.
struct Histogram {
  std::vector<double> bounds{};
  std::vector<std::uint64_t> counts{};  // one more than bounds: the last is +Inf; not cumulative
  double sum = 0;

  void observe(double value);
};

struct Snapshot {
  Instant published_at{};
  std::vector<PublishedInstallation> installations{};
  std::map<std::pair<Source, UnknownReason>, std::uint64_t> source_errors{};  // since start
  Histogram evaluation_duration{};
  bool last_reload_successful = true;
  Instant last_reload_success{};
  std::size_t max_series = 200'000;
  bool state_store_persistent = false;
};

}  // namespace compliance
