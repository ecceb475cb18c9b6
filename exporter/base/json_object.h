// Reads JSON objects, as the bodies of HTTP answers have them.
#pragma once

#include <optional>
#include <string_view>

#include "checks/formats/http.h"

namespace compliance {

// The members of the object that the whole text is; nothing when it is anything else or not JSON
// (RFC 8259), nests more than 32 levels deep, or has more than 256 members. Of equal names the last
// counts, as most readers have it.
std::optional<JsonObject> read_json_object(std::string_view text);

}  // namespace compliance
