// The exporter runs under its own filter of system calls.
#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

constexpr std::uint64_t filtering = 2;

Verdict evaluate_seccomp_filter(const ProcessPosture& process, const Policy& /*policy*/) {
  const Fact<std::uint64_t>& mode = process.seccomp_mode;
  if (!mode.value) {
    return unseen(mode, "the seccomp mode of the process is not shown");
  }
  if (*mode.value != filtering) {
    return with_expected_observed(fail("no filter of system calls is at work", mode.origin),
                                  "seccomp mode 2", "mode " + std::to_string(*mode.value));
  }
  if (process.own_filter.is(true)) {
    return pass();
  }
  return with_expected_observed(
      fail("the exporter's own filter of system calls is not at work", mode.origin),
      "the exporter's filter", "only that of its surroundings");
}

}  // namespace

extern constinit const Check seccomp_filter{
    .id = "exporter-posture-seccomp-filter",
    .title = "The exporter runs under its own filter of system calls",
    .area = Area::exporter_posture,
    .severity = Severity::medium,
    .evidence = Evidence::process,
    .why =
        "A taken over exporter starts programs and reaches parts of the kernel that it never "
        "needs.",
    .remediation =
        "See in its log why the kernel or the container runtime refused the filter; run "
        "it where seccomp is available.",
    .reference = "https://docs.kernel.org/userspace-api/seccomp_filter.html",
    .rule = RuleOn<ProcessPosture>{&evaluate_seccomp_filter},
};

}  // namespace compliance::exporter_posture
