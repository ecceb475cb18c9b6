// The exporter's root file system is read-only.
#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// The mount that holds /, as the process sees it; volumes below it may be writable.
Verdict evaluate_read_only_root(const ProcessPosture& process, const Policy& /*policy*/) {
  const Fact<bool>& fact = process.read_only_root;
  if (!fact.value) {
    return unobserved(fact, "how the root file system is mounted is unknown");
  }
  if (fact.is(true)) {
    return pass();
  }
  return with_expected_observed(fail("the exporter's root file system is writable", fact.origin),
                                "mounted read-only", "mounted read-write");
}

}  // namespace

extern constinit const Check read_only_root{
    .id = "exporter-posture-read-only-root",
    .title = "The exporter's root file system is read-only",
    .area = Area::exporter_posture,
    .severity = Severity::low,
    .evidence = Source::process,
    .why = "What an attacker writes there survives a restart.",
    .remediation =
        "Set ProtectSystem=strict (systemd), read_only: true (Compose) or "
        "readOnlyRootFilesystem: true (Kubernetes); give --state.path a volume.",
    .reference =
        "https://www.freedesktop.org/software/systemd/man/systemd.exec.html#ProtectSystem=",
    .rule = RuleOn<ProcessPosture>{&evaluate_read_only_root},
};

}  // namespace compliance::exporter_posture
