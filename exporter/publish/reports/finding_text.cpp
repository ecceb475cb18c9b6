// Puts findings into words, and groups those with the same words.
#include "exporter/publish/reports/finding_text.h"

#include <map>
#include <optional>
#include <tuple>

namespace compliance {
namespace {

// Everything that a reader sees of a finding but its subject and place.
auto text_of(const Finding& finding) {
  return std::tuple<Outcome, std::optional<UnknownReason>, std::string_view, std::string_view,
                    std::string_view, std::string_view>{finding.outcome,  finding.reason,
                                                        finding.message,  finding.expected,
                                                        finding.observed, finding.waiver};
}

}  // namespace

bool is_listed(const Finding& finding, bool verbose) {
  return finding.outcome == Outcome::fail || finding.outcome == Outcome::unknown ||
         (finding.outcome == Outcome::pass && verbose);
}

std::string subject_of(const Finding& finding) {
  return finding.object.empty() ? std::string{name_of(finding.component)} : finding.object;
}

std::string statement_of(const Finding& finding) {
  std::string text = finding.message;
  if (finding.outcome == Outcome::unknown && finding.reason) {
    text += " [" + std::string{name_of(*finding.reason)} + "]";
  }
  if (!finding.expected.empty() || !finding.observed.empty()) {
    const bool both = !finding.expected.empty() && !finding.observed.empty();
    text += " (" + (finding.expected.empty() ? "" : "expected: " + finding.expected) +
            (both ? "; " : "") + (finding.observed.empty() ? "" : "observed: " + finding.observed) +
            ")";
  }
  if (!finding.waiver.empty()) {
    text += " [waived: " + finding.waiver + "]";
  }
  return text;
}

std::string line_of(const Finding& finding) {
  const std::string place = format_location(finding.origin);
  const std::string statement = statement_of(finding);
  return place + (place.empty() ? "" : " ") + subject_of(finding) +
         (statement.empty() ? "" : ": " + statement);
}

std::vector<FindingGroup> groups_of(const CheckResult& result, bool verbose) {
  std::vector<FindingGroup> groups;
  // A map, not a search through the groups: a check may have thousands of findings.
  std::map<decltype(text_of(Finding{})), std::size_t> group_by_text;
  for (const Finding& finding : result.findings) {
    if (!is_listed(finding, verbose)) {
      continue;
    }
    const auto [entry, is_new] = group_by_text.try_emplace(text_of(finding), groups.size());
    if (is_new) {
      groups.emplace_back();
    }
    groups[entry->second].push_back(&finding);
  }
  return groups;
}

}  // namespace compliance
