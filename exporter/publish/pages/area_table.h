// Writes the checks of an installation by area: as a table of counts and as lists of
// titles.
#pragma once

#include <vector>

#include "exporter/publish/pages/html.h"
#include "exporter/publish/pages/overview.h"
#include "exporter/publish/pages/page_status.h"

namespace compliance::pages {

// Three parts: a table of how many checks of each area fail, by severity, are unknown,
// waived and pass; the evaluated checks, folded by area; the others, folded by what they
// lack or as not applicable. `checks` keep their order within an area. `link_to` gives the
// address of each check.
void add_areas(Html& html, const PublishedInstallation& installation,
               const std::vector<RankedCheck>& checks, const CheckLink& link_to);

}  // namespace compliance::pages
