// Snapshot -> exit code of `check`.
#include "exporter/commands/exit_code.h"

#include <algorithm>
#include <iostream>

#include "exporter/evaluate/unknown_reasons.h"

namespace compliance {
namespace {

// Documented in the README; pipelines rely on the numbers.
constexpr int exit_failing = 1;
constexpr int exit_unknown = 3;

// By the severity of each finding and not of the check: a check of high severity may have findings
// that a rule has lowered.
bool fails(const CheckResult& check, const ExitRules& rules) {
  return check.status == Outcome::fail &&
         std::any_of(check.findings.begin(), check.findings.end(), [&](const Finding& finding) {
           return finding.outcome == Outcome::fail && finding.waiver.empty() &&
                  finding.severity >= rules.fail_on && !rules.known.contains(&finding);
         });
}

// Reasons such as not_configured are no news: the operator left the source out on purpose.
bool is_unexpectedly_unknown(const CheckResult& check, const ExitRules& rules) {
  return check.status == Outcome::unknown &&
         std::any_of(check.findings.begin(), check.findings.end(), [&](const Finding& finding) {
           return finding.outcome == Outcome::unknown && finding.reason &&
                  !is_expected(*finding.reason) && !rules.known.contains(&finding);
         });
}

}  // namespace

int exit_code_of(const Snapshot& snapshot, const ExitRules& rules) {
  bool has_unknown = false;
  for (const PublishedInstallation& installation : snapshot.installations) {
    for (const CheckResult& check : installation.result.checks) {
      // A failure outweighs everything that is unknown, so nothing after it changes the code.
      if (fails(check, rules)) {
        return exit_failing;
      }
      has_unknown = has_unknown || is_unexpectedly_unknown(check, rules);
    }
  }
  return has_unknown && !rules.allow_unknown ? exit_unknown : 0;
}

int report_error(std::string_view message, int code) {
  std::cerr << "caracal-compliance-exporter: " << message << '\n';
  return code;
}

int usage_error(std::string_view message) { return report_error(message, exit_usage); }

int usage_error(const Error& error) { return usage_error(error.message); }

}  // namespace compliance
