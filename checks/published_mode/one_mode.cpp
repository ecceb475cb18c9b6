// Whether all services of an installation run in the same mode. Modes are set per service, so one
// in dev is easily overlooked (FACTS.md T4).
#include "checks/caracal/service_mode.h"
#include "checks/check.h"

namespace compliance::published_mode {
namespace {

// Compares with the mode of most services, so that the odd one is named and not the others.
Verdict one_mode_verdict(const Container& container, const std::string& prevailing) {
  const Fact<std::string> mode = service_mode(container);
  if (mode.fault) {
    return unknown(*mode.fault, mode.origin);
  }
  if (mode.is(prevailing)) {
    return pass();
  }
  return with_expected_observed(fail("runs in a different mode than most services", mode.origin),
                                std::string{shown_mode(prevailing)},
                                std::string{shown_mode(*mode.value)});
}

Verdicts evaluate_one_mode(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  const std::string prevailing = prevailing_mode(installation);
  for (const Container& container : installation.containers()) {
    if (has_mode(container.component)) {
      verdicts.push_back(attributed_to(one_mode_verdict(container, prevailing), container));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check one_mode{
    .id = "published-mode-one-mode",
    .title = "All services run in the same mode",
    .area = Area::published_mode,
    .severity = Severity::medium,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "A service in a different mode applies different rules to keys, metrics and documentation.",
    .remediation = "Give every service the same CARACAL_MODE, best from one variable.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_one_mode,
};
}  // namespace compliance::published_mode
