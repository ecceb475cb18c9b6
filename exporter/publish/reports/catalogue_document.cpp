// Renders checks as Markdown.
#include "exporter/publish/reports/catalogue_document.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "checks/catalogue.h"
#include "exporter/publish/reports/catalogue_text.h"

namespace compliance {
namespace {

// The comment tells how to write the file anew.
constexpr std::string_view opening =
    "<!-- Written by UPDATE_README=1 build/dev/tests/checks_test from the checks' own files. -->\n"
    "# Catalogue of checks\n"
    "\n"
    "For each check: the requirement, its rationale, the evidence it uses, and the remediation.\n"
    "`caracal-compliance-exporter explain ID` prints the same.\n";

// The catalogue holds plain text: characters that Markdown would interpret are escaped.
std::string in_markdown(std::string_view text) {
  constexpr std::string_view markup = "\\`*<[";
  std::string escaped;
  for (const char letter : text) {
    if (markup.find(letter) != std::string_view::npos) {
      escaped += '\\';
    }
    escaped += letter;
  }
  return escaped;
}

// By the names of areas, not by the order of their enumeration: readers look them up.
std::vector<const Check*> checks_by_area() {
  std::vector<const Check*> checks{catalogue().begin(), catalogue().end()};
  std::sort(checks.begin(), checks.end(), [](const Check* left, const Check* right) {
    return left->area != right->area ? name_of(left->area) < name_of(right->area)
                                     : left->id < right->id;
  });
  return checks;
}

}  // namespace

std::string render_check_section(const Check& check) {
  std::string text = "### ";
  text.append(check.id).append("\n\n").append(in_markdown(check.title)).append(".\n\n");
  text.append("* Severity: ").append(name_of(check.severity));
  text.append(check.on_by_default ? "" : "; off by default").append("\n");
  text.append("* Evidence: ").append(evidence_text(check)).append("\n");
  text.append("* Why: ").append(in_markdown(check.why)).append("\n");
  text.append("* Remediation: ").append(in_markdown(check.remediation)).append("\n");
  text.append("* Reference: <").append(check.reference).append(">\n");
  return text;
}

std::string render_catalogue_document() {
  std::string text{opening};
  const Check* previous = nullptr;
  for (const Check* check : checks_by_area()) {
    if (previous == nullptr || previous->area != check->area) {
      text.append("\n## ").append(name_of(check->area)).append("\n");
    }
    text.append("\n").append(render_check_section(*check));
    previous = check;
  }
  return text;
}

}  // namespace compliance
