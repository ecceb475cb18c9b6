// What a run against the limiter of credential endpoints shows. Source: facts 6.7; T22 to T25.
#pragma once

#include <cstddef>
#include <optional>

#include "checks/check.h"

namespace compliance {

// How many requests of a run it takes at most to meet the limit, the refused one included: in June
// each replica counts by itself.
std::size_t requests_until_limited(const Endpoint& endpoint);

// Whether a run met the limit, or why that cannot be told.
struct RateLimitProbe {
  bool refused = false;
  std::optional<Verdict> undecided{};
};

// Undecided unless the console answers, its first answer was 404, and the run was long enough.
RateLimitProbe evaluate_rate_limit(const Fact<RateLimitRun>& run, const Endpoint& endpoint);

}  // namespace compliance
