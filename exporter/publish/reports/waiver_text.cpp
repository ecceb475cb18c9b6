// Describes waivers in reports, with their reasons and approvals.
#include "exporter/publish/reports/waiver_text.h"

#include <algorithm>

#include "exporter/base/escape.h"
#include "exporter/base/timestamp.h"

namespace compliance {

const Waiver* find_waiver(std::string_view id, const std::vector<PublishedWaiver>& waivers) {
  const auto found = std::find_if(waivers.begin(), waivers.end(),
                                  [id](const PublishedWaiver& one) { return one.waiver.id == id; });
  return found == waivers.end() ? nullptr : &found->waiver;
}

std::string justification_of(std::string_view id, const std::vector<PublishedWaiver>& waivers) {
  const Waiver* waiver = find_waiver(id, waivers);
  if (waiver == nullptr) {
    return printable(id);
  }
  return printable(waiver->id + ": " + waiver->reason + "; approved by " + waiver->approved_by +
                   " until " + rfc3339(waiver->expires));
}

std::string justifications_of(const CheckResult& result,
                              const std::vector<PublishedWaiver>& waivers) {
  // A handful at most, so a list is searched as fast as a set.
  std::vector<std::string_view> ids;
  std::string text;
  for (const Finding& finding : result.findings) {
    if (!finding.waiver.empty() && std::find(ids.begin(), ids.end(), finding.waiver) == ids.end()) {
      ids.emplace_back(finding.waiver);
      text += (text.empty() ? "" : ", ") + justification_of(finding.waiver, waivers);
    }
  }
  return text;
}

}  // namespace compliance
