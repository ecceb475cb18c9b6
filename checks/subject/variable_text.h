// The text of a plain setting of a container: set, absent, or not to be known from here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/subject/container.h"

namespace compliance {

// Why a variable that is not stated may be set all the same: an envFrom or env_file whose content
// is not known, or a Secret that is taken whole. Nothing when the stated variables are all.
std::optional<Fault> unseen_variables(const Container& container);

// The effective text of the variable `name`, an empty one included. Absent when it is not set; a
// fault when it is not set but unseen_variables(), when nothing resolves it, or when it comes from
// a Secret or a field. The origin is the variable's, or else the container's.
Fact<std::string> variable_text(const Container& container, std::string_view name);

// `text` without white space at its ends.
std::string_view trimmed(std::string_view text);

// `text` in lower case (ASCII).
std::string lower_case(std::string_view text);

}  // namespace compliance
