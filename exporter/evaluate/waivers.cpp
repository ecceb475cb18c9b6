// Waivers: which finding is under which, and in what state each is.
#include "exporter/evaluate/waivers.h"

#include <algorithm>

namespace compliance {
namespace {

// Whether the waiver is for this finding; installation and time are not looked at.
bool covers(const Waiver& waiver, std::string_view check, const Finding& finding) {
  return finding.outcome == Outcome::fail && waiver.check == check &&
         (!waiver.component || *waiver.component == finding.component) &&
         (waiver.object.empty() || waiver.object == finding.object);
}

// The active waiver of the installation that covers the finding and lasts longest, or null.
const Waiver* longest_cover(const std::vector<Waiver>& waivers, const InstallationResult& result,
                            std::string_view check, const Finding& finding,
                            std::chrono::sys_seconds now) {
  const Waiver* longest = nullptr;
  for (const Waiver& waiver : waivers) {
    if (waiver.installation == result.name && now < waiver.expires &&
        covers(waiver, check, finding) &&
        (longest == nullptr || longest->expires < waiver.expires)) {
      longest = &waiver;
    }
  }
  return longest;
}

// An expired waiver can be used: states_of() reports it as expired all the same.
bool is_used(const Waiver& waiver, const InstallationResult& result) {
  return waiver.installation == result.name &&
         std::any_of(result.checks.begin(), result.checks.end(), [&](const CheckResult& check) {
           return std::any_of(
               check.findings.begin(), check.findings.end(),
               [&](const Finding& finding) { return covers(waiver, check.check->id, finding); });
         });
}

}  // namespace

std::string_view name_of(WaiverState state) {
  switch (state) {
    case WaiverState::expired:
      return "expired";
    case WaiverState::unused:
      return "unused";
    case WaiverState::expiring:
      return "expiring";
    case WaiverState::active:
      return "active";
  }
  return "";
}

void apply_waivers(InstallationResult& result, const std::vector<Waiver>& waivers,
                   std::chrono::sys_seconds now) {
  for (CheckResult& check : result.checks) {
    for (Finding& finding : check.findings) {
      const Waiver* waiver = longest_cover(waivers, result, check.check->id, finding, now);
      finding.waiver = waiver == nullptr ? std::string{} : waiver->id;
    }
  }
}

bool is_waived(const CheckResult& result) {
  return result.status == Outcome::fail &&
         std::none_of(result.findings.begin(), result.findings.end(), [](const Finding& finding) {
           return finding.outcome == Outcome::fail && finding.waiver.empty();
         });
}

std::vector<WaiverState> states_of(const std::vector<Waiver>& waivers,
                                   const std::vector<const InstallationResult*>& results,
                                   std::chrono::sys_seconds now) {
  std::vector<WaiverState> states;
  for (const Waiver& waiver : waivers) {
    const bool used = std::any_of(
        results.begin(), results.end(),
        [&waiver](const InstallationResult* result) { return is_used(waiver, *result); });
    if (waiver.expires <= now) {
      states.push_back(WaiverState::expired);
    } else if (!used) {
      states.push_back(WaiverState::unused);
    } else {
      states.push_back(waiver.expires <= now + expiring_within ? WaiverState::expiring
                                                               : WaiverState::active);
    }
  }
  return states;
}

}  // namespace compliance
