// The Control API is off, or has its gate file.
#include "checks/check.h"
#include "checks/subject/secret_mount.h"
#include "checks/subject/variable_text.h"

namespace compliance::published_mode {
namespace {

Verdict judge_gate(const Container& container, const Origin& enabled_at) {
  const Fact<std::string> gate = variable_text(container, "CONTROL_GATE_FILE");
  if (gate.fault) {
    return unknown(*gate.fault, gate.origin);
  }
  if (gate.absent() || gate.is("")) {
    return comparing(fail("Control is on without a gate file", enabled_at), "CONTROL_GATE_FILE set",
                     "not set");
  }
  if (decided_mount_for(container, *gate.value) != nullptr) {
    return pass();
  }
  if (const Mount* undecided = undecided_mount(container)) {
    return unknown(*undecided->fault, undecided->origin);
  }
  return comparing(fail("CONTROL_GATE_FILE lies on no mount of the container", gate.origin),
                   "a mounted file", "no mount");
}

Verdict evaluate(const Container& container, const Policy& /*policy*/) {
  if (container.component != Component::api || container.role != ContainerRole::main) {
    return not_applicable();
  }
  const Fact<std::string> enabled = variable_text(container, "CARACAL_CONTROL_ENABLED");
  if (enabled.fault) {
    return unknown(*enabled.fault, enabled.origin);
  }
  // The product takes this exact text alone for on.
  return enabled.is("true") ? judge_gate(container, enabled.origin) : pass();
}

}  // namespace

extern constinit const Check control_gate{
    .id = "published-mode-control-gate",
    .title = "The Control API is off or behind its gate file",
    .area = Area::published_mode,
    .severity = Severity::medium,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why = "Without the gate file an operator has no switch that closes remote control.",
    .remediation =
        "Remove CARACAL_CONTROL_ENABLED, or set CONTROL_GATE_FILE to a file on a "
        "read-only mount.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::published_mode
