// Whether production runs stable builds; rc is for staging. A note rather than a weakness: rc
// enforces the same rules (FACTS.md T3). The chart's default is rc.
#include "checks/caracal/service_mode.h"
#include "checks/check.h"

namespace compliance::published_mode {
namespace {

// By CARACAL_MODE, not by the tag of the image.
Verdict stable_in_production_verdict(const Container& container) {
  const Fact<std::string> mode = service_mode(container);
  if (mode.fault) {
    return unknown(*mode.fault, mode.origin);
  }
  if (mode.is("rc")) {
    return with_expected_observed(fail("runs a release candidate in production", mode.origin),
                                  "stable", "rc");
  }
  // Modes that are not published are another check's finding.
  return mode.is("stable") ? pass() : not_applicable();
}

Verdicts evaluate_stable_in_production(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  if (installation.stage != DeploymentStage::production) {
    return verdicts;
  }
  for (const Container& container : installation.containers()) {
    if (has_mode(container.component)) {
      verdicts.push_back(attributed_to(stable_in_production_verdict(container), container));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check stable_in_production{
    .id = "published-mode-stable-in-production",
    .title = "Production services run in mode stable",
    .area = Area::published_mode,
    .severity = Severity::low,
    .evidence = Source::compose | Source::kubernetes,
    .why = "A release candidate keeps the same trust boundary, but may be functionally unstable.",
    .remediation =
        "Set CARACAL_MODE to stable, or declare the installation's environment as "
        "staging.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_stable_in_production,
};
}  // namespace compliance::published_mode
