// Puts counts, severities, ratios and missing evidence into words.
#include "exporter/publish/reports/result_text.h"

#include <algorithm>
#include <cmath>

#include "exporter/base/text.h"

namespace compliance {
std::string counted(std::size_t count, std::string_view one, std::string_view several) {
  return std::to_string(count) + " " + std::string{count == 1 ? one : several};
}

std::string severities_of(const Results& results) {
  std::vector<std::string> counts;
  for (const Severity severity : severities_by_rank) {
    const auto count = std::count_if(
        results.begin(), results.end(),
        [severity](const CheckResult* result) { return result->severity == severity; });
    if (count > 0) {
      counts.push_back(std::to_string(count) + " " + std::string{name_of(severity)});
    }
  }
  return joined(counts);
}

std::string missing_evidence(const CheckResult& result, const PublishedInstallation& installation) {
  // Sources that could not be read count: they were configured.
  Evidence configured;
  for (const SourceState& state : installation.sources) {
    configured = configured | state.source;
  }
  // An installation has one platform: the other one's evidence is not what it lacks.
  if (has_any(configured, Source::compose | Source::kubernetes)) {
    configured = configured | Source::compose | Source::kubernetes;
  }
  std::vector<std::string> missing;
  for (const SourceDescription& each : all_sources) {
    if (has_any(result.check->evidence - configured, each.source)) {
      missing.emplace_back(each.title);
    }
  }
  return joined(missing, ", ", " or ");
}

bool lacks_evidence(const CheckResult& result, const PublishedInstallation& installation) {
  return result.status == Outcome::unknown &&
         result.unknown_reasons() == std::vector{UnknownReason::not_configured} &&
         !missing_evidence(result, installation).empty();
}

std::string percent_of(double ratio) {
  // The small addend keeps 0.57, which is a little less as a double, at 57.0 %.
  const auto tenths = static_cast<int>(std::floor(ratio * 1000 + 1e-9));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

}  // namespace compliance
