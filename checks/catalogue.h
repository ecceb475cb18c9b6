// The list of all checks, in order of area and name.
#pragma once

#include <span>
#include <string_view>

#include "checks/check.h"

namespace compliance {

// All checks that exist, those that are off by default included.
std::span<const Check* const> catalogue();

// The check with this id, or null.
const Check* find_check(std::string_view id);

}  // namespace compliance
