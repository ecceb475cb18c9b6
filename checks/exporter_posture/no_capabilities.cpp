// The exporter holds no Linux capability.
#include <bit>

#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// Inheritable and ambient ones count too: a program that is started would get them.
Verdict evaluate_no_capabilities(const ProcessPosture& process, const Policy& /*policy*/) {
  const Fact<ProcessCapabilities>& fact = process.capabilities;
  if (!fact.value) {
    return unobserved(fact, "the capabilities of the process are unknown");
  }
  const ProcessCapabilities& sets = *fact.value;
  const std::uint64_t held = sets.inheritable | sets.permitted | sets.effective | sets.ambient;
  if (held == 0) {
    return pass();
  }
  return with_expected_observed(fail("the exporter holds capabilities", fact.origin), "none",
                                std::to_string(std::popcount(held)) + " capabilities");
}

}  // namespace

extern constinit const Check no_capabilities{
    .id = "exporter-posture-no-capabilities",
    .title = "The exporter holds no Linux capability",
    .area = Area::exporter_posture,
    .severity = Severity::high,
    .evidence = Source::process,
    .why = "Each capability is a part of root's power, and the exporter needs none.",
    .remediation =
        "Check the log for why it could not drop them; start it without capabilities (systemd "
        "CapabilityBoundingSet=, Compose cap_drop: [ALL], Kubernetes capabilities.drop: [ALL]).",
    .reference = "https://man7.org/linux/man-pages/man7/capabilities.7.html",
    .rule = RuleOn<ProcessPosture>{&evaluate_no_capabilities},
};

}  // namespace compliance::exporter_posture
