// The Control API is off, or has its gate file and is closed to strangers.
#include "checks/published_mode/shared/control_gate.h"

#include "checks/rules/endpoint_rule.h"

namespace compliance::published_mode {
namespace {

constexpr auto files = Evidence::compose | Evidence::kubernetes;

Verdicts evaluate_control_gate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container* api : containers_of(installation, Component::api)) {
    if (api->role == ContainerRole::main) {
      verdicts.push_back(attributed_to(judge_control(*api), *api));
    }
  }
  if (const Endpoint* endpoint = asked_endpoint(installation, Component::api)) {
    verdicts.push_back(attributed_to(judge_control(*endpoint), *endpoint));
  } else if (!has_any(installation.configured, files)) {
    verdicts.push_back(without_endpoint(Component::api));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check control_gate{
    .id = "published-mode-control-gate",
    .title = "The Control API is off or behind its gate file",
    .area = Area::published_mode,
    .severity = Severity::medium,
    .evidence = files | Evidence::endpoint,
    .why = "Without the gate file an operator has no switch that closes remote control.",
    .remediation =
        "Remove CARACAL_CONTROL_ENABLED, or set CONTROL_GATE_FILE to a file on a "
        "read-only mount.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_control_gate,
};
}  // namespace compliance::published_mode
