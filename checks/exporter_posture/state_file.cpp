// Other users of the host can neither read nor change the exporter's history.
#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// What the finding asks for; group and others have no business with the file.
constexpr auto expected =
    "mode 0600 of the exporter's user, in a directory that others cannot write to";

// Writing is worse than reading, so it is named first. Empty when nothing is wrong.
std::string fault_of(const FileAccess& access, std::uint32_t user) {
  if ((access.mode & 0022U) != 0) {
    return "other users of the host may change the history";
  }
  if (access.directory_writable_by_others) {
    return "other users of the host may put files beside the history";
  }
  return readable_by_others(access, user) ? "other users of the host can read the history" : "";
}

// The hash chain shows a changed event, but not a file that was replaced as a whole.
Verdict evaluate_state_file(const ProcessPosture& process, const Policy& /*policy*/) {
  if (!process.state_file) {
    return not_applicable();  // the history is in memory
  }
  const Fact<FileAccess>& fact = *process.state_file;
  if (!fact.value) {
    return unobserved(fact, "the mode of the state file is unknown");
  }
  const std::string fault = fault_of(*fact.value, user_of(process));
  if (fault.empty() || process.alone_in_pid_namespace.is(true)) {
    return pass();
  }
  return with_expected_observed(
      fail(fault, fact.origin), expected,
      describe(*fact.value) +
          (fact.value->directory_writable_by_others ? ", directory writable by others" : ""));
}

}  // namespace

extern constinit const Check state_file{
    .id = "exporter-posture-state-file",
    .title = "Other users can neither read nor change the exporter's history",
    .area = Area::exporter_posture,
    .severity = Severity::low,
    .evidence = Source::process,
    .why = "Others can read where the installation was weak, or tamper with what the history says.",
    .remediation =
        "Give --state.path a directory of its own with mode 0700, owned by the "
        "exporter's user (systemd StateDirectory= with StateDirectoryMode=0700).",
    .reference =
        "https://www.freedesktop.org/software/systemd/man/systemd.exec.html#StateDirectory=",
    .rule = RuleOn<ProcessPosture>{&evaluate_state_file},
};

}  // namespace compliance::exporter_posture
