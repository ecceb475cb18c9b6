// Results of checks -> the score of an installation, and how much of it could be evaluated.
#include "exporter/evaluate/score.h"

namespace compliance {
namespace {

// Each step of severity counts twice the one below. Documented in the HELP text of the score.
int weight(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return 8;
    case Severity::high:
      return 4;
    case Severity::medium:
      return 2;
    case Severity::low:
      return 1;
  }
  return 1;
}

}  // namespace

Ratios ratios_of(const std::vector<CheckResult>& checks) {
  int passed = 0;
  int decided = 0;
  int definite = 0;
  int open = 0;
  for (const CheckResult& check : checks) {
    const bool passes = check.status == Outcome::pass;
    if (passes || check.status == Outcome::fail) {
      passed += passes ? weight(check.severity) : 0;
      decided += weight(check.severity);
      ++definite;
    } else if (check.status == Outcome::unknown) {
      ++open;
    }
  }
  Ratios ratios;
  if (decided > 0) {
    ratios.score = static_cast<double>(passed) / decided;
  }
  if (definite + open > 0) {
    ratios.coverage = static_cast<double>(definite) / (definite + open);
  }
  return ratios;
}

}  // namespace compliance
