// Counts, severities, ratios and missing evidence of results as text.
#include "exporter/publish/reports/result_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "exporter/base/text.h"

namespace compliance {
namespace {

Evidence evidence_of(Source source) {
  switch (source) {
    case Source::compose:
      return Evidence::compose;
    case Source::kubernetes:
      return Evidence::kubernetes;
    case Source::secrets:
      return Evidence::secret_files;
    case Source::runtime_cli:
      return Evidence::runtime_cli;
    case Source::endpoint:
      return Evidence::endpoint;
    case Source::dns:
      return Evidence::names;
    case Source::process:
      return Evidence::process;
    case Source::exposure:
    case Source::datastore:
      return Evidence::none;
  }
  return Evidence::none;
}

}  // namespace

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
  static const std::array<std::pair<Evidence, std::string>, 7> words{
      {{Evidence::compose, "Compose files"},
       {Evidence::kubernetes, "Kubernetes manifests"},
       {Evidence::secret_files, "secret files"},
       {Evidence::endpoint, "endpoints"},
       {Evidence::names, "name resolution"},
       {Evidence::runtime_cli, "the runtime CLI's help text"},
       {Evidence::process, "the running exporter"}}};
  Evidence configured = Evidence::none;
  for (const SourceState& state : installation.sources) {
    configured = configured | evidence_of(state.source);
  }
  // An installation has one platform: the other one's evidence is not what it lacks.
  if (has_any(configured, Evidence::compose | Evidence::kubernetes)) {
    configured = configured | Evidence::compose | Evidence::kubernetes;
  }
  std::vector<std::string> missing;
  for (const auto& [letter, word] : words) {
    if (has_any(result.check->evidence, letter) && !has_any(configured, letter)) {
      missing.push_back(word);
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
