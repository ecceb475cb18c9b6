// The values of a header that is a list. Source: Fetch standard, "get, decode, and split".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/formats/http.h"

namespace compliance {

// The values between the commas of all headers of that name, which is in lower case, in wire order
// and without white space at their ends. Empty values stay; a comma in quotes parts nothing.
std::vector<std::string> list_values(const HttpAnswer& answer, std::string_view name);

}  // namespace compliance
