// Counts checks by status, and sums them up in a headline.
#include <algorithm>

#include "exporter/publish/pages/overview.h"
#include "exporter/publish/pages/page_text.h"

namespace compliance::pages {

void Tally::add(const RankedCheck& check) {
  ++by_status.at(static_cast<std::size_t>(check.status));
  if (check.status == PageStatus::fail && check.result->severity == Severity::critical) {
    ++critical;
  }
}

PageStatus Tally::worst() const {
  // page_statuses has the most urgent status first.
  const auto* const found =
      std::find_if(page_statuses.begin(), page_statuses.end(),
                   [this](PageStatus status) { return this->of(status) > 0; });
  return found == page_statuses.end() ? PageStatus::unconfigured : *found;
}

Tally tally_of(const std::vector<RankedCheck>& checks) {
  Tally tally;
  for (const RankedCheck& check : checks) {
    tally.add(check);
  }
  return tally;
}

std::string headline_of(const Tally& tally) {
  const std::size_t failing = tally.of(PageStatus::fail);
  const std::size_t unknown = tally.of(PageStatus::unknown);
  const std::size_t waived = tally.of(PageStatus::waived);
  // Only where no other check fails: otherwise the failing ones are the news.
  const std::string also_waived = waived == 0 ? "" : ", " + std::to_string(waived) + " waived";
  if (failing > 0) {
    const std::string of_them = failing == 1 && tally.critical == 1 ? ", a critical one"
                                : tally.critical == 0
                                    ? ""
                                    : ", " + std::to_string(tally.critical) + " of them critical";
    return checks_that(failing, "fails", "fail") + of_them;
  }
  if (unknown > 0) {
    return "No check fails" + also_waived + ", " + checks_that(unknown, "is", "are") + " unknown";
  }
  if (waived > 0) {
    return "Only waived checks fail: " + checks_that(waived, "", "");
  }
  if (tally.of(PageStatus::pass) > 0) {
    return "Every check that could be evaluated passes";
  }
  return "No check could be evaluated";
}

}  // namespace compliance::pages
