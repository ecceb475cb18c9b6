// Writes the description of a check, from the catalogue, into a page.
#pragma once

#include "checks/check.h"
#include "exporter/publish/pages/html.h"

namespace compliance::pages {

// The top of the check's own page: the way back to the overview, title, id and remediation.
void add_check_head(Html& html, const Check& check);

// What to do, as a paragraph that stands out.
void add_remediation(Html& html, const Check& check);

// Rationale, evidence and reference as sections of a page.
void add_about_check(Html& html, const Check& check);
// The same as a list of pairs, for reports where a section each would be too long.
void add_about_list(Html& html, const Check& check);

}  // namespace compliance::pages
