// The style sheet of the pages, and the policies that admit it and nothing else.
#pragma once

#include <string>

#include "exporter/publish/pages/html.h"

namespace compliance::pages {

// One style sheet for screens in light and dark and for paper. Nothing is said by colour alone.
Constant style_sheet();

// The Content-Security-Policy of pages: no script, no request, no frame; the style sheet by
// its hash, the icon as data, forms to where the page came from. Computed once.
const std::string& page_policy();

// The same for a file, whose policy stands in a meta element: there frame-ancestors has no
// effect (CSP Level 3, "meta").
const std::string& file_policy();

}  // namespace compliance::pages
