// The description of a check from the catalogue.
#pragma once

#include "checks/check.h"
#include "exporter/publish/pages/html.h"

namespace compliance::pages {

// Title, id, area and remediation, as the top of its own page.
void add_check_head(Html& html, const Check& check);

void add_remediation(Html& html, const Check& check);

// Rationale, evidence and reference: as sections of a page, or as a list.
void add_about_check(Html& html, const Check& check);
void add_about_list(Html& html, const Check& check);

}  // namespace compliance::pages
