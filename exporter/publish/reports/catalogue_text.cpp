// Renders the catalogue of checks as table, Markdown, JSON and explanations.
#include "exporter/publish/reports/catalogue_text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "checks/catalogue.h"
#include "exporter/base/text.h"

namespace compliance {
namespace {

// Of a terminal; explanations do not depend on the reader's window.
constexpr std::size_t line_width = 80;
constexpr std::string_view line_indent = "  ";

// By id, whatever order the catalogue has.
std::vector<const Check*> sorted_checks() {
  std::vector<const Check*> checks{catalogue().begin(), catalogue().end()};
  std::sort(checks.begin(), checks.end(),
            [](const Check* left, const Check* right) { return left->id < right->id; });
  return checks;
}

// Titles in the order of the list of sources.
std::vector<std::string_view> evidence_of(const Check& check) {
  std::vector<std::string_view> words;
  for (const SourceDescription& each : all_sources) {
    if (has_any(check.evidence, each.source)) {
      words.push_back(each.title);
    }
  }
  return words;
}

std::string_view default_of(const Check& check) { return check.on_by_default ? "on" : "off"; }

// Views into the catalogue, which lives as long as the program.
using Row = std::array<std::string_view, 5>;

// The line of headings and one row for each check.
std::vector<Row> catalogue_rows() {
  std::vector<Row> rows{{"id", "area", "severity", "default", "title"}};
  for (const Check* check : sorted_checks()) {
    rows.push_back({check->id, name_of(check->area), name_of(check->severity), default_of(*check),
                    check->title});
  }
  return rows;
}

Row markdown_rule() { return {"---", "---", "---", "---", "---"}; }

std::string markdown_line(const Row& row) {
  std::string line = "|";
  for (const std::string_view cell : row) {
    line.append(" ").append(cell).append(" |");
  }
  return line + "\n";
}

// The id as a link to its section in checks/CATALOGUE.md, which lies beside the table.
std::string catalogue_link(std::string_view id) {
  std::string link = "[";
  return link.append(id).append("](CATALOGUE.md#").append(id).append(")");
}

// Wrapped and indented.
std::string paragraph(std::string_view text) {
  const std::size_t indent = line_indent.size();
  return std::string{line_indent} +
         wrapped(text, {.width = line_width, .indent = indent, .used = indent}) + "\n";
}

std::string section(std::string_view heading, std::string_view text) {
  return "\n" + std::string{heading} + ":\n" + paragraph(text);
}

}  // namespace

std::string evidence_text(const Check& check) { return joined(evidence_of(check)); }

std::string render_catalogue_table() {
  const std::vector<Row> rows = catalogue_rows();
  // All columns but the last, which nothing follows. Ids and names are ASCII, so bytes are
  // columns.
  std::array<std::size_t, 4> widths{};
  for (const Row& row : rows) {
    for (std::size_t column = 0; column < widths.size(); ++column) {
      widths.at(column) = std::max(widths.at(column), row.at(column).size());
    }
  }
  std::string text;
  for (const Row& row : rows) {
    for (std::size_t column = 0; column < widths.size(); ++column) {
      text += row.at(column);
      text.append(widths.at(column) - row.at(column).size() + line_indent.size(), ' ');
    }
    text.append(row.back()).append("\n");
  }
  return text;
}

std::string render_catalogue_markdown() {
  const std::vector<Row> rows = catalogue_rows();
  std::string text = markdown_line(rows.front()) + markdown_line(markdown_rule());
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
    Row linked = *row;
    const std::string link = catalogue_link(row->front());
    linked.front() = link;
    text += markdown_line(linked);
  }
  return text;
}

std::string render_catalogue_json() {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Check* check : sorted_checks()) {
    list.push_back({{"id", check->id},
                    {"area", name_of(check->area)},
                    {"severity", name_of(check->severity)},
                    {"title", check->title},
                    {"on_by_default", check->on_by_default},
                    {"evidence", evidence_of(*check)},
                    {"why", check->why},
                    {"remediation", check->remediation},
                    {"reference", check->reference}});
  }
  return list.dump(2) + "\n";
}

std::string render_explanation(const Check& check) {
  std::string text{check.id};
  text.append("\n").append(paragraph(check.title));
  text += section("Area", name_of(check.area));
  text += section("Severity", name_of(check.severity));
  text += section("On by default", check.on_by_default
                                       ? "yes"
                                       : "no; turn it on with `checks` in the configuration or "
                                         "with --extended");
  text += section("Why", check.why);
  text += section("Evidence", evidence_text(check));
  text += section("Remediation", check.remediation);
  text += section("Reference", check.reference);
  return text;
}

}  // namespace compliance
