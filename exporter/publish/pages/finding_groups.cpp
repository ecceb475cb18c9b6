// Findings that say the same, told once.
#include "exporter/publish/pages/finding_groups.h"

#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "exporter/publish/reports/finding_text.h"

namespace compliance::pages {
namespace {

auto words_of(const Finding& finding) {
  return std::tuple<Outcome, std::optional<UnknownReason>, std::string_view, std::string_view,
                    std::string_view, std::string_view>{finding.outcome,  finding.reason,
                                                        finding.message,  finding.expected,
                                                        finding.observed, finding.waiver};
}

}  // namespace

std::vector<FindingGroup> groups_of(const CheckResult& result) {
  std::vector<FindingGroup> groups;
  std::map<decltype(words_of(Finding{})), std::size_t> place_of_words;
  for (const Finding& finding : result.findings) {
    if (!is_listed(finding, false)) {
      continue;
    }
    const auto [place, is_new] = place_of_words.try_emplace(words_of(finding), groups.size());
    if (is_new) {
      groups.emplace_back();
    }
    groups[place->second].push_back(&finding);
  }
  return groups;
}

}  // namespace compliance::pages
