// The findings of one check as paragraphs of the table.
#include "exporter/publish/reports/table_findings.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "exporter/publish/reports/finding_text.h"

namespace compliance {
namespace {

// More findings that say the same than this are folded.
constexpr std::size_t most_alike = 5;

using Alike = std::vector<const Finding*>;

bool says_the_same(const Finding& left, const Finding& right) {
  const auto words = [](const Finding& finding) {
    return std::tie(finding.outcome, finding.reason, finding.message, finding.expected,
                    finding.observed, finding.waiver);
  };
  return words(left) == words(right);
}

// Findings that say the same, together, in the order of the first of each.
std::vector<Alike> groups_of(const CheckResult& result, bool verbose) {
  std::vector<Alike> groups;
  for (const Finding& finding : result.findings) {
    if (!is_listed(finding, verbose)) {
      continue;
    }
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const Alike& alike) {
      return says_the_same(*alike.front(), finding);
    });
    if (group == groups.end()) {
      groups.push_back({&finding});
    } else {
      group->push_back(&finding);
    }
  }
  return groups;
}

bool share_a_place(const Alike& alike) {
  const Origin& first = alike.front()->origin;
  return !format_location(first).empty() &&
         std::all_of(alike.begin(), alike.end(),
                     [&first](const Finding* finding) { return finding->origin == first; });
}

// The subjects of findings that say the same: components where that is enough to tell them apart.
std::string list_of(const Alike& alike, bool with_places) {
  std::set<Component> components;
  for (const Finding* finding : alike) {
    components.insert(finding->component);
  }
  const bool distinct = components.size() == alike.size();
  std::string list;
  for (const Finding* finding : alike) {
    const std::string place = format_location(finding->origin);
    list += list.empty() ? "" : ", ";
    list += distinct ? std::string{name_of(finding->component)} : subject_of(*finding);
    list += place.empty() || !with_places ? "" : " (" + place + ")";
  }
  return list;
}

// The dash of a list, and the status where it is not that of the check.
LinePrefix lead_of(const TableText& table, Outcome outcome, const CheckResult& result,
                   std::size_t indent) {
  LinePrefix lead;
  lead.add("", indent);
  lead.add("- ");
  if (outcome != result.status) {
    const Color paint = outcome == Outcome::unknown ? Color::yellow : Color::green;
    table.add_painted(lead, word_for(outcome), paint);
    lead.add(" ");
  }
  return lead;
}

}  // namespace

std::string_view word_for(Outcome outcome) {
  switch (outcome) {
    case Outcome::fail:
      return "FAIL";
    case Outcome::unknown:
      return "UNKNOWN";
    case Outcome::pass:
      return "ok";
    case Outcome::not_applicable:
      return "n/a";
  }
  return "";
}

void add_findings(TableText& table, const CheckResult& result, std::size_t indent, bool verbose) {
  const std::size_t hanging = indent + 2;
  LinePrefix list_lead;
  list_lead.add("", hanging);
  for (const Alike& alike : groups_of(result, verbose)) {
    const LinePrefix lead = lead_of(table, alike.front()->outcome, result, indent);
    if (alike.size() > 1 && !verbose && share_a_place(alike)) {
      table.paragraph(lead, hanging,
                      format_location(alike.front()->origin) + " " + list_of(alike, false) + ": " +
                          statement_of(*alike.front()));
      continue;
    }
    if (alike.size() > most_alike && !verbose) {
      table.paragraph(lead, hanging,
                      std::to_string(alike.size()) + " times: " + statement_of(*alike.front()));
      table.paragraph(list_lead, hanging, list_of(alike, true));
      continue;
    }
    for (const Finding* finding : alike) {
      table.paragraph(lead, hanging, line_of(*finding));
    }
  }
}

}  // namespace compliance
