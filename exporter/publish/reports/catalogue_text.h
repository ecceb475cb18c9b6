// Renders the catalogue of checks as text, for `list`, `explain` and checks/README.md.
#pragma once

#include <string>

#include "checks/check.h"

namespace compliance {

// Every check with id, area, severity, whether it is on by default, and title; in order of id.
// Each ends with one newline.
std::string render_catalogue_table();     // columns for a terminal, with a line of headings
std::string render_catalogue_markdown();  // a table; checks/README.md holds the same text
std::string render_catalogue_json();      // an array of objects, with why and remediation too

// One check in full: requirement, rationale, evidence, remediation and reference. Lines have at
// most 80 columns unless a single word is longer.
std::string render_explanation(const Check& check);

// The evidence that the check uses: "Compose files, endpoints".
std::string evidence_text(const Check& check);

}  // namespace compliance
