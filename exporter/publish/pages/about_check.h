// What the catalogue says of a check.
#pragma once

#include "checks/check.h"
#include "exporter/publish/pages/html.h"

namespace compliance::pages {

// Title, id, area and what to do, as the top of its own page.
void add_check_head(Html& html, const Check& check);

// Why it matters, the reference, and what it is judged from.
void add_about_check(Html& html, const Check& check, Constant heading);

void add_remediation(Html& html, const Check& check);

}  // namespace compliance::pages
