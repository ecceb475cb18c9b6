// How the pages look, and the policy that admits this style sheet and nothing else.
#pragma once

#include <string>

#include "exporter/publish/pages/html.h"

namespace compliance::pages {

// One style sheet for screens in light and dark and for paper. Nothing is said by colour alone.
Constant style_sheet();

// The Content-Security-Policy of pages: no script, no request, no frame; the style sheet by its
// hash, the icon as data, forms to where the page came from.
const std::string& page_policy();

// The same for a file, whose policy stands in its head: frames cannot be forbidden there.
const std::string& file_policy();

}  // namespace compliance::pages
