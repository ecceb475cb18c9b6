// Which unknown results somebody has to look at.
#include "exporter/evaluate/unknown_reasons.h"

#include <algorithm>

namespace compliance {

bool is_expected(UnknownReason reason) {
  return reason == UnknownReason::not_configured || reason == UnknownReason::not_observable ||
         reason == UnknownReason::pending;
}

std::optional<UnknownReason> primary_reason(const CheckResult& result) {
  const auto reasons = result.unknown_reasons();
  if (result.status != Outcome::unknown || reasons.empty()) {
    return std::nullopt;
  }
  const auto reason = std::find_if_not(reasons.begin(), reasons.end(), is_expected);
  return reason == reasons.end() ? reasons.front() : *reason;
}

bool is_evaluation_failure(const CheckResult& result) {
  const auto reason = primary_reason(result);
  return reason && !is_expected(*reason);
}

}  // namespace compliance
