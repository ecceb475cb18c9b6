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

// What could not be parsed, and a source in which nothing was found: the operator has to mend the
// input, so no option forgives it.
bool is_unforgivable(const Finding& finding) {
  const bool lost = finding.reason == UnknownReason::missing_object ||
                    finding.reason == UnknownReason::limit_exceeded;
  return finding.reason == UnknownReason::unparsable || (finding.of_source && lost);
}

// Reasons such as not_configured are no news: the operator left the source out on purpose.
bool is_unexpectedly_unknown(const CheckResult& check, const ExitRules& rules) {
  return check.status == Outcome::unknown &&
         std::any_of(check.findings.begin(), check.findings.end(), [&](const Finding& finding) {
           return finding.outcome == Outcome::unknown && finding.reason &&
                  !is_expected(*finding.reason) && !rules.known.contains(&finding) &&
                  (!rules.allow_unknown || is_unforgivable(finding));
         });
}

using Question = bool (*)(const CheckResult&, const ExitRules&);

// Whether the answer is yes for any check of any installation.
bool any_check(const Snapshot& snapshot, const ExitRules& rules, Question question) {
  const auto is_yes = [&](const CheckResult& check) { return question(check, rules); };
  return std::any_of(snapshot.installations.begin(), snapshot.installations.end(),
                     [&](const PublishedInstallation& installation) {
                       const auto& checks = installation.result.checks;
                       return std::any_of(checks.begin(), checks.end(), is_yes);
                     });
}

}  // namespace

int exit_code_of(const Snapshot& snapshot, const ExitRules& rules) {
  // A failure outweighs everything that is unknown.
  if (any_check(snapshot, rules, &fails)) {
    return exit_failing;
  }
  return any_check(snapshot, rules, &is_unexpectedly_unknown) ? exit_unknown : 0;
}

int report_error(std::string_view message, int code) {
  std::cerr << "caracal-compliance-exporter: " << message << '\n';
  return code;
}

int usage_error(std::string_view message) { return report_error(message, exit_usage); }

int usage_error(const Error& error) { return usage_error(error.message); }

}  // namespace compliance
