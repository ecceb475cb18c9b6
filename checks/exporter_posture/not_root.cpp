// The exporter does not run as root.
#include <algorithm>
#include <array>

#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// Also in a user namespace: user 0 there owns what is mapped to it.
Verdict evaluate_not_root(const ProcessPosture& process, const Policy& /*policy*/) {
  const Fact<ProcessUsers>& fact = process.users;
  if (!fact.value) {
    return unobserved(fact, "the users of the process are unknown");
  }
  // Root in any of them can become the effective user again.
  const std::array users{fact.value->real, fact.value->effective, fact.value->saved,
                         fact.value->file_system};
  if (std::find(users.begin(), users.end(), 0U) == users.end()) {
    return pass();
  }
  return with_expected_observed(fail("the exporter runs as root", fact.origin), "a user of its own",
                                "user 0");
}

}  // namespace

extern constinit const Check not_root{
    .id = "exporter-posture-not-root",
    .title = "The exporter does not run as root",
    .area = Area::exporter_posture,
    .severity = Severity::high,
    .evidence = Source::process,
    .why = "The exporter parses untrusted input; a flaw in that must not give an attacker root.",
    .remediation =
        "Start it as a user of its own (systemd User=, Compose user:, Kubernetes runAsUser) that "
        "may read the evidence.",
    .reference = "https://www.freedesktop.org/software/systemd/man/systemd.exec.html#User=",
    .rule = RuleOn<ProcessPosture>{&evaluate_not_root},
};

}  // namespace compliance::exporter_posture
