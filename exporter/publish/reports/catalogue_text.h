// The catalogue of checks as text, for `list`, `explain` and checks/README.md.
#pragma once

#include <string>

#include "checks/check.h"

namespace compliance {

// Every check with id, area, severity, whether it is on by default, and title; in order of id.
// Each ends with one newline.
std::string render_catalogue_table();     // columns for a terminal, with a line of headings
std::string render_catalogue_markdown();  // a table; checks/README.md holds the same text
std::string render_catalogue_json();      // an array of objects, with why and remediation too

// All that is known of one check: what it checks, why, the evidence it needs, remediation and
// reference. Lines of at most 80 columns unless a single word is longer.
std::string render_explanation(const Check& check);

// What it is judged from: "Compose files, endpoints".
std::string evidence_text(const Check& check);

}  // namespace compliance
