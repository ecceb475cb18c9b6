// Renders the table for a terminal: failing and unknown checks by area, then passing ones,
// then those without evidence or not applicable, and a summary of each installation at the
// end.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "exporter/base/escape.h"
#include "exporter/evaluate/waivers.h"
#include "exporter/publish/reports/finding_text.h"
#include "exporter/publish/reports/report.h"
#include "exporter/publish/reports/result_text.h"
#include "exporter/publish/reports/table_text.h"

namespace compliance {
namespace {

// Columns of a line: two blanks, status, severity, id. Details stand below the severity.
constexpr std::size_t status_width = 9;
constexpr std::size_t severity_width = 10;
constexpr std::size_t detail_indent = 2 + status_width;
constexpr std::size_t id_column = detail_indent + severity_width;
// Titles stand beside the ids when they have at least this room.
constexpr std::size_t min_title_width = 50;
// Larger groups of findings with the same text are folded.
constexpr std::size_t max_alike = 5;

Color color_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::fail:
      return Color::red;
    case Outcome::unknown:
      return Color::yellow;
    case Outcome::pass:
      return Color::green;
    case Outcome::not_applicable:
      return Color::faint;
  }
  return Color::faint;
}

// Spells a status; the meaning never depends on a color.
std::string_view status_text(Outcome outcome) {
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

// Several subjects at one line need it only once.
bool share_a_place(const FindingGroup& alike) {
  const Origin& first = alike.front()->origin;
  return !format_location(first).empty() &&
         std::all_of(alike.begin(), alike.end(),
                     [&first](const Finding* finding) { return finding->origin == first; });
}

// The subjects of a group: components where that is enough to tell them apart.
std::string list_of(const FindingGroup& alike, bool with_places) {
  std::set<Component> components;
  for (const Finding* finding : alike) {
    components.insert(finding->component);
  }
  // Components are shorter than the names of objects, and enough where each occurs once.
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

// The dash of a list item, and the status if it differs from that of the check.
LinePrefix prefix_of(const TableText& table, Outcome outcome, const CheckResult& result,
                     std::size_t indent) {
  LinePrefix prefix;
  prefix.add("", indent);
  prefix.add("- ");
  if (outcome != result.status) {
    const Color color = outcome == Outcome::unknown ? Color::yellow : Color::green;
    table.add_colored(prefix, status_text(outcome), color);
    prefix.add(" ");
  }
  return prefix;
}

// Appends the listed findings, each with place, object, message, expected and observed values.
// Unless `verbose`, more than `max_alike` findings with the same text are one paragraph with the
// list of places.
void add_findings(TableText& table, const CheckResult& result, std::size_t indent, bool verbose) {
  // Further lines stand below the text of an item, not below its dash.
  const std::size_t hanging = indent + 2;
  LinePrefix list_prefix;
  list_prefix.add("", hanging);
  for (const FindingGroup& alike : groups_of(result, verbose)) {
    const LinePrefix prefix = prefix_of(table, alike.front()->outcome, result, indent);
    if (alike.size() > 1 && !verbose && share_a_place(alike)) {
      table.paragraph(prefix, hanging,
                      format_location(alike.front()->origin) + " " + list_of(alike, false) + ": " +
                          statement_of(*alike.front()));
      continue;
    }
    if (alike.size() > max_alike && !verbose) {
      table.paragraph(prefix, hanging,
                      std::to_string(alike.size()) + " times: " + statement_of(*alike.front()));
      table.paragraph(list_prefix, hanging, list_of(alike, true));
      continue;
    }
    for (const Finding* finding : alike) {
      table.paragraph(prefix, hanging, line_of(*finding));
    }
  }
}

// The results that fit, in the catalogue's order.
template <class Predicate>
Results results_where(const PublishedInstallation& installation, const Predicate& wanted) {
  Results results;
  for (const CheckResult& result : installation.result.checks) {
    if (wanted(result)) {
      results.push_back(&result);
    }
  }
  return results;
}

Results results_with_status(const PublishedInstallation& installation, Outcome status) {
  return results_where(installation,
                       [status](const CheckResult& result) { return result.status == status; });
}

// Where titles begin when they stand beside the ids.
std::size_t title_column_for(const PublishedInstallation& installation) {
  std::size_t longest = 0;
  for (const CheckResult& result : installation.result.checks) {
    longest = std::max(longest, result.check->id.size());
  }
  return id_column + longest + 2;
}

// Writes the part of the table that is about one installation, and its summary for the end.
class InstallationTable {
 public:
  InstallationTable(TableText& table, const PublishedInstallation& installation,
                    const ReportOptions& options)
      : table_(table),
        installation_(installation),
        verbose_(options.verbose),
        title_column_(title_column_for(installation)),
        titles_beside_ids_(table.width() >= title_column_ + min_title_width) {}

  void add() {
    LinePrefix prefix;
    table_.add_colored(prefix, "Installation " + printable(installation_.result.name), Color::bold);
    table_.paragraph(prefix, 0, "");
    add_notes();
    add_problems();
    add_passing();
    add_not_configured();
    add_not_applicable();
  }

  // One paragraph with counts, score and coverage.
  void add_summary() const;

 private:
  // What is to be known of the sources.
  void add_notes() {
    for (const SourceState& source : installation_.sources) {
      if (!source.note.empty()) {
        table_.paragraph({}, 2, "Note: " + source.note);
      }
    }
  }

  // An empty line, and the text in bold.
  void heading(std::string_view text) {
    LinePrefix prefix;
    table_.add_colored(prefix, text, Color::bold);
    table_.gap();
    table_.paragraph(prefix, 0, "");
  }

  // Two blanks and the status in its colour, padded to its column.
  LinePrefix status_prefix(Outcome outcome) const {
    LinePrefix prefix;
    prefix.add("", 2);
    table_.add_colored(prefix, status_text(outcome), color_of(outcome), status_width);
    return prefix;
  }

  // The line with status, severity, id, and the title where there is room.
  void add_line(const CheckResult& result) {
    LinePrefix prefix = status_prefix(result.status);
    prefix.add(name_of(result.severity), severity_width);
    if (titles_beside_ids_) {
      prefix.add(result.check->id, title_column_ - id_column);
      table_.paragraph(prefix, title_column_, result.check->title);
    } else {
      table_.paragraph(prefix, id_column, result.check->id);
    }
  }

  // A line below a check; further lines stand below the text, not below the label.
  void add_detail(std::string_view label, std::string_view text) {
    LinePrefix prefix;
    prefix.add("", detail_indent);
    prefix.add(label);
    table_.paragraph(prefix, prefix.columns, text);
  }

  // A failing or unknown check with its findings and the remediation.
  void add_problem(const CheckResult& result) {
    add_line(result);
    if (!titles_beside_ids_) {
      add_detail("", result.check->title);
    }
    add_findings(table_, result, detail_indent, verbose_);
    add_detail("Remediation: ", result.check->remediation);
  }

  // Failing before unknown, severe before slight, by area.
  void add_problems() {
    Results problems = results_where(installation_, [this](const CheckResult& result) {
      return result.status == Outcome::fail ||
             (result.status == Outcome::unknown && !lacks_evidence(result, installation_));
    });
    std::stable_sort(problems.begin(), problems.end(),
                     [](const CheckResult* left, const CheckResult* right) {
                       const auto key = [](const CheckResult& result) {
                         return std::tuple{result.check->area, result.status != Outcome::fail,
                                           -static_cast<int>(result.severity)};
                       };
                       return key(*left) < key(*right);
                     });
    // A heading for each area, an empty line between the checks of one.
    const CheckResult* previous = nullptr;
    for (const CheckResult* result : problems) {
      if (previous == nullptr || previous->check->area != result->check->area) {
        heading(name_of(result->check->area));
      } else {
        table_.gap();
      }
      add_problem(*result);
      previous = result;
    }
  }

  void add_passing() {
    const Results passing = results_with_status(installation_, Outcome::pass);
    if (!passing.empty()) {
      heading("passing");
    }
    for (const CheckResult* result : passing) {
      add_line(*result);
      if (verbose_) {
        add_findings(table_, *result, detail_indent, true);
      }
    }
  }

  Results unconfigured() const {
    return results_where(installation_, [this](const CheckResult& result) {
      return lacks_evidence(result, installation_);
    });
  }

  // One line for each kind of missing evidence; ids only if verbose.
  void add_not_configured() {
    std::map<std::string, Results> by_evidence;
    for (const CheckResult* result : unconfigured()) {
      by_evidence[missing_evidence(*result, installation_)].push_back(result);
    }
    if (!by_evidence.empty()) {
      heading("not configured");
    }
    for (const auto& [evidence, results] : by_evidence) {
      table_.paragraph(status_prefix(Outcome::unknown), detail_indent,
                       counted(results.size(), "check needs ", "checks need ") + evidence + ": " +
                           severities_of(results));
      add_names(results);
    }
  }

  void add_not_applicable() {
    const Results results = results_with_status(installation_, Outcome::not_applicable);
    if (results.empty()) {
      return;
    }
    heading("not applicable");
    table_.paragraph(
        status_prefix(Outcome::not_applicable), detail_indent,
        counted(results.size(), "check does", "checks do") + " not apply to this installation");
    add_names(results);
  }

  void add_names(const Results& results) {
    for (const CheckResult* result : verbose_ ? results : Results{}) {
      add_detail("- ", result->check->id);
    }
  }

  TableText& table_;
  const PublishedInstallation& installation_;
  bool verbose_;
  std::size_t title_column_;
  bool titles_beside_ids_;
};

void InstallationTable::add_summary() const {
  const Results failing = results_with_status(installation_, Outcome::fail);
  const Results unknown = results_with_status(installation_, Outcome::unknown);
  const Results bare = unconfigured();
  const std::size_t waived = results_where(installation_, &is_waived).size();
  const auto& score = installation_.result.score;
  const auto& coverage = installation_.result.coverage;
  const auto in_brackets = [](const std::string& text) {
    return text.empty() ? text : " (" + text + ")";
  };
  table_.paragraph(
      {}, 2,
      installation_.result.name + ": " + std::to_string(failing.size()) + " FAIL" +
          in_brackets(severities_of(failing)) +
          (waived == 0 ? "" : " of which " + std::to_string(waived) + " waived") + ", " +
          std::to_string(unknown.size()) + " UNKNOWN" +
          in_brackets(bare.empty() ? "" : std::to_string(bare.size()) + " not configured") + ", " +
          std::to_string(results_with_status(installation_, Outcome::pass).size()) + " ok, " +
          std::to_string(results_with_status(installation_, Outcome::not_applicable).size()) +
          " n/a; score " + (score ? percent_of(*score) : "none") + ", coverage " +
          (coverage ? percent_of(*coverage) : "none"));
}

}  // namespace

std::string render_table(const Snapshot& snapshot, const ReportOptions& options) {
  TableText table{options};
  // Summaries come last, where a terminal shows them without scrolling.
  std::vector<InstallationTable> parts;
  for (const PublishedInstallation& installation : snapshot.installations) {
    parts.emplace_back(table, installation, options);
    parts.back().add();
    table.gap();
  }
  for (const InstallationTable& part : parts) {
    part.add_summary();
  }
  return table.take();
}

}  // namespace compliance
