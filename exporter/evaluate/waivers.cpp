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

// The active waivers of the installation, the one that lasts longest first. Of those that end
// together the first in the file comes first.
std::vector<const Waiver*> active_waivers(const std::vector<Waiver>& waivers,
                                          const std::string& installation,
                                          std::chrono::sys_seconds now) {
  std::vector<const Waiver*> active;
  for (const Waiver& waiver : waivers) {
    if (waiver.installation == installation && now < waiver.expires) {
      active.push_back(&waiver);
    }
  }
  std::stable_sort(active.begin(), active.end(), [](const Waiver* one, const Waiver* other) {
    return one->expires > other->expires;
  });
  return active;
}

// The id of the first that covers the finding; empty when none does.
std::string first_cover(const std::vector<const Waiver*>& waivers, std::string_view check,
                        const Finding& finding) {
  const auto cover = std::find_if(waivers.begin(), waivers.end(), [&](const Waiver* waiver) {
    return covers(*waiver, check, finding);
  });
  return cover == waivers.end() ? std::string{} : (*cover)->id;
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
  const auto active = active_waivers(waivers, result.name, now);
  for (CheckResult& check : result.checks) {
    for (Finding& finding : check.findings) {
      finding.waiver = first_cover(active, check.check->id, finding);
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
