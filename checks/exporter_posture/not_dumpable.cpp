// The exporter's memory cannot be written to a core file or read by a debugger.
#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// 2 (readable by root only) fails too: core files may still be written.
Verdict dumpable_verdict(const Fact<int>& fact) {
  if (!fact.value) {
    return unobserved(fact, "whether the process is dumpable is unknown");
  }
  if (fact.is(0)) {
    return pass();
  }
  return with_expected_observed(fail("the exporter is dumpable", fact.origin), "dumpable 0",
                                std::to_string(*fact.value));
}

// Both limits 0, so that the process cannot raise the soft one again.
Verdict core_limit_verdict(const Fact<CoreLimit>& fact) {
  if (!fact.value) {
    return unobserved(fact, "the core file limit is unknown");
  }
  if (fact.is(CoreLimit{})) {
    return pass();
  }
  return with_expected_observed(
      fail("the exporter may write core files", fact.origin), "soft and hard core limit 0",
      fact.value->soft == 0 ? "hard limit above 0" : "soft limit above 0");
}

Verdicts evaluate_not_dumpable(const ProcessPosture& process, const Policy& /*policy*/) {
  return findings_or_pass(
      {dumpable_verdict(process.dumpable), core_limit_verdict(process.core_limit)});
}

}  // namespace

extern constinit const Check not_dumpable{
    .id = "exporter-posture-not-dumpable",
    .title = "The exporter's memory is not written to core files",
    .area = Area::exporter_posture,
    .severity = Severity::medium,
    .evidence = Source::process,
    .why = "A core file or a debugger of the same user exposes tokens and secrets in memory.",
    .remediation =
        "Check the log for the reason; set LimitCORE=0 (systemd) or ulimits "
        "core: 0 (Compose).",
    .reference = "https://man7.org/linux/man-pages/man2/PR_SET_DUMPABLE.2const.html",
    .rule = RuleOnEach<ProcessPosture>{&evaluate_not_dumpable},
};

}  // namespace compliance::exporter_posture
