// Whether the Control API is off or closed, by the files and from outside. Source: facts 10.
#pragma once

#include "checks/check.h"

namespace compliance {

// Passes for an API container with Control off, or on with a mounted gate file.
Verdict judge_control(const Container& api);

// Passes where the endpoint of the API refuses Control: 404, 401, or 503 of a closed gate.
Verdict judge_control(const Endpoint& endpoint);

}  // namespace compliance
