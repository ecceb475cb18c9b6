// Whether every service runs in published mode. Unset and empty mean stable (FACTS.md 2.1, T1), rc
// enforces what stable does (FACTS.md T3).
#include "checks/caracal/service_mode.h"
#include "checks/caracal/settings.h"
#include "checks/check.h"
#include "checks/formats/ascii.h"

namespace compliance::published_mode {
namespace {

// The console has no CARACAL_MODE. Its image says production, so only a stated value can differ;
// an empty one does.
Verdict web_mode_verdict(const Container& container) {
  const Fact<std::string> node = variable_text(container, "NODE_ENV");
  if (node.fault) {
    return unknown(*node.fault, node.origin);
  }
  if (node.absent() || lower_case(*node.value) == "production") {
    return pass();
  }
  return with_expected_observed(fail("NODE_ENV is not production", node.origin),
                                "production, or not set",
                                std::string{shown_mode(lower_case(*node.value))});
}

// Other values than dev, rc and stable end the process; they fail like dev.
Verdict evaluate_caracal_mode(const Container& container, const Policy& /*policy*/) {
  if (container.component == Component::web) {
    return web_mode_verdict(container);
  }
  if (!has_mode(container.component)) {
    return not_applicable();
  }
  const Fact<std::string> mode = service_mode(container);
  if (mode.fault) {
    return unknown(*mode.fault, mode.origin);
  }
  if (mode.is("stable") || mode.is("rc")) {
    return pass();
  }
  return with_expected_observed(fail("CARACAL_MODE is not a published mode", mode.origin),
                                "stable, rc, or not set", std::string{shown_mode(*mode.value)});
}

}  // namespace

extern constinit const Check caracal_mode{
    .id = "published-mode-caracal-mode",
    .title = "Services run in published mode",
    .area = Area::published_mode,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "Development mode exposes metrics and API documentation and lets services start without "
        "their keys.",
    .remediation =
        "Set CARACAL_MODE to stable (or rc) on the service, or remove it; on web set "
        "NODE_ENV to production.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_caracal_mode,
};
}  // namespace compliance::published_mode
