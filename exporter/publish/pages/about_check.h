// What the catalogue says of a check.
#pragma once

#include "checks/check.h"
#include "exporter/publish/pages/html.h"

namespace compliance::pages {

// Title, id, area and what to do, as the top of its own page.
void add_check_head(Html& html, const Check& check);

void add_remediation(Html& html, const Check& check);

// Why it matters, what it is judged from, and the reference: as sections of a page, or as a list.
void add_about_check(Html& html, const Check& check);
void add_about_list(Html& html, const Check& check);

}  // namespace compliance::pages
