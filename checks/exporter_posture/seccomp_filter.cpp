// The exporter runs under its own system call filter.
#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// Seccomp of /proc/self/status: 0 none, 1 strict, 2 a filter.
constexpr std::uint64_t seccomp_mode_filter = 2;

// An engine's filter alone fails: it permits starting programs, the exporter's own does not.
Verdict evaluate_seccomp_filter(const ProcessPosture& process, const Policy& /*policy*/) {
  const Fact<std::uint64_t>& mode = process.seccomp_mode;
  if (!mode.value) {
    return unobserved(mode, "the seccomp mode of the process is unknown");
  }
  if (*mode.value != seccomp_mode_filter) {
    return with_expected_observed(fail("no system call filter is active", mode.origin),
                                  "seccomp mode 2", "mode " + std::to_string(*mode.value));
  }
  if (process.own_filter.is(true)) {
    return pass();
  }
  return with_expected_observed(
      fail("the exporter's own system call filter is not active", mode.origin),
      "the exporter's filter", "only the filter of the container runtime or systemd");
}

}  // namespace

extern constinit const Check seccomp_filter{
    .id = "exporter-posture-seccomp-filter",
    .title = "The exporter runs under its own system call filter",
    .area = Area::exporter_posture,
    .severity = Severity::medium,
    .evidence = Source::process,
    .why =
        "Without it a compromised exporter can start programs and reach parts of the kernel that "
        "it "
        "never needs.",
    .remediation =
        "Check the log for why the kernel or the container runtime refused the filter; run the "
        "exporter where seccomp is available.",
    .reference = "https://docs.kernel.org/userspace-api/seccomp_filter.html",
    .rule = RuleOn<ProcessPosture>{&evaluate_seccomp_filter},
};

}  // namespace compliance::exporter_posture
