// The list of all checks, in order of area and name. The build generates it from the files in the
// folders of the areas, so a new check registers itself by its place.
#pragma once

#include <span>
#include <string_view>

#include "checks/check.h"

namespace compliance {

// All checks that exist, those that are off by default included. The span is valid for ever.
std::span<const Check* const> catalogue();

// The check with this id, or null. Ids are compared as they are, upper case included.
const Check* find_check(std::string_view id);

}  // namespace compliance
