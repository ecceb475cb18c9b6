// Reads the body of an HTTP answer as JSON.
#pragma once

#include "checks/formats/http.h"

namespace compliance::probes {

// Sets `json` of the answer to the members of its body when that is one JSON object (RFC 8259),
// else to nothing: also beyond 32 levels of nesting or 256 members. Of equal names the last counts,
// as most readers have it. Never fails.
void read_json(HttpAnswer& answer);

}  // namespace compliance::probes
