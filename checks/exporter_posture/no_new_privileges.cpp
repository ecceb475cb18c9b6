// No program that the exporter starts can gain new privileges.
#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// NoNewPrivs of /proc/self/status. It cannot be taken back once it is set.
Verdict evaluate_no_new_privileges(const ProcessPosture& process, const Policy& /*policy*/) {
  const Fact<bool>& fact = process.no_new_privileges;
  if (!fact.value) {
    return unobserved(fact, "no_new_privs of the process is unknown");
  }
  if (fact.is(true)) {
    return pass();
  }
  return with_expected_observed(fail("the exporter can gain new privileges", fact.origin),
                                "no_new_privs 1", "0");
}

}  // namespace

extern constinit const Check no_new_privileges{
    .id = "exporter-posture-no-new-privileges",
    .title = "The exporter cannot gain new privileges",
    .area = Area::exporter_posture,
    .severity = Severity::medium,
    .evidence = Source::process,
    .why = "Without it a setuid program lets a compromised exporter become root.",
    .remediation =
        "Check the log for the reason; set NoNewPrivileges=yes (systemd), "
        "no-new-privileges:true (Compose) or allowPrivilegeEscalation: false (Kubernetes).",
    .reference = "https://docs.kernel.org/userspace-api/no_new_privs.html",
    .rule = RuleOn<ProcessPosture>{&evaluate_no_new_privileges},
};

}  // namespace compliance::exporter_posture
