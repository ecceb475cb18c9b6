// What makes a URL unfit as the console's public origin.
#pragma once

#include <string>
#include <vector>

#include "checks/check.h"
#include "checks/formats/web_url.h"

namespace compliance {

// All faults, each to be read after the variable's name; empty when the URL is fit: a sound origin,
// not localhost, not example.com in production, and that of the configured web endpoint.
std::vector<std::string> public_origin_faults(const WebUrlReading& reading,
                                              const Installation& installation);

// The same of CARACAL_AUTH_URL of a console.
Verdicts judge_public_origin(const Container& console, const Installation& installation);

// Whether the console takes the origin of its endpoint for its own, which a write with that Origin
// shows. Unknown where the answer is another's.
Verdict judge_own_origin_trust(const Endpoint& endpoint);

}  // namespace compliance
