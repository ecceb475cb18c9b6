// Renders every check in full as Markdown, for checks/CATALOGUE.md.
#pragma once

#include <string>

#include "checks/check.h"

namespace compliance {

// The section of one check: its id as the heading, then the requirement, severity, evidence,
// rationale, remediation and reference.
std::string render_check_section(const Check& check);

// All of them in order of area and id, below a heading for each area. checks/CATALOGUE.md holds the
// same text, which a test compares.
std::string render_catalogue_document();

}  // namespace compliance
