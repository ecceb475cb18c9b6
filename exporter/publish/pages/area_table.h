// The checks of an installation by area: counted in a table, and each by its title.
#pragma once

#include <vector>

#include "exporter/publish/pages/html.h"
#include "exporter/publish/pages/overview.h"
#include "exporter/publish/pages/page_status.h"

namespace compliance::pages {

// A table of how many checks of each area fail, by severity, are unknown, waived and pass; then
// every check, folded by area; those without evidence, by what they lack; those that do not apply.
void add_areas(Html& html, const PublishedInstallation& installation,
               const std::vector<RankedCheck>& checks, const CheckLink& link_to);

}  // namespace compliance::pages
