// Gives checks their status on the pages, and ranks them by it.
#include "exporter/publish/pages/page_status.h"

#include <algorithm>
#include <tuple>

#include "exporter/publish/reports/result_text.h"

namespace compliance::pages {

PageStatus status_of(const CheckResult& result, const PublishedInstallation& installation) {
  // Waivers change the display alone: the outcome stays fail.
  if (is_waived(result)) {
    return PageStatus::waived;
  }
  return lacks_evidence(result, installation) ? PageStatus::unconfigured : status_of(result.status);
}

PageStatus status_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::fail:
      return PageStatus::fail;
    case Outcome::unknown:
      return PageStatus::unknown;
    case Outcome::pass:
      return PageStatus::pass;
    case Outcome::not_applicable:
      return PageStatus::not_applicable;
  }
  return PageStatus::unknown;
}

std::string_view badge_of(PageStatus status) {
  switch (status) {
    case PageStatus::fail:
      return "FAIL";
    case PageStatus::unknown:
      return "UNKNOWN";
    case PageStatus::waived:
      return "WAIVED";
    case PageStatus::pass:
      return "OK";
    case PageStatus::unconfigured:
      return "NO DATA";
    case PageStatus::not_applicable:
      return "N/A";
  }
  return "UNKNOWN";
}

std::string_view class_of(PageStatus status) {
  switch (status) {
    case PageStatus::fail:
      return "fail";
    case PageStatus::unknown:
      return "unknown";
    case PageStatus::waived:
      return "waived";
    case PageStatus::pass:
      return "pass";
    case PageStatus::unconfigured:
      return "unconfigured";
    case PageStatus::not_applicable:
      return "na";
  }
  return "unknown";
}

std::vector<RankedCheck> ranked_checks(const PublishedInstallation& installation) {
  std::vector<RankedCheck> checks;
  for (const CheckResult& result : installation.result.checks) {
    checks.push_back({.result = &result, .status = status_of(result, installation)});
  }
  std::stable_sort(checks.begin(), checks.end(), [](const RankedCheck& a, const RankedCheck& b) {
    const auto rank = [](const RankedCheck& check) {
      // Higher severities have higher numbers, hence the sign.
      return std::tuple{check.status, -static_cast<int>(check.result->severity),
                        check.result->check->area};
    };
    return rank(a) < rank(b);
  });
  return checks;
}

std::vector<const CheckResult*> with_status(const std::vector<RankedCheck>& checks,
                                            PageStatus status) {
  std::vector<const CheckResult*> results;
  for (const RankedCheck& check : checks) {
    if (check.status == status) {
      results.push_back(check.result);
    }
  }
  return results;
}

}  // namespace compliance::pages
