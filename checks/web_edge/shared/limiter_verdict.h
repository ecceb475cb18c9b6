// Evaluates a run of requests against the rate limiter of credential endpoints. Source:
// FACTS.md 6.7; T22 to T25.
#pragma once

#include <cstddef>
#include <optional>

#include "checks/check.h"
#include "checks/facts/endpoint.h"
#include "checks/facts/web_answers.h"

namespace compliance {

// The requests that reach the limit at most, the rejected one included: before v2026.07.03-rc.1
// each replica counts by itself.
std::size_t requests_until_limited(const Endpoint& endpoint);

// Whether a run reached the limit, or why that is not known.
struct RateLimitProbe {
  bool refused = false;
  std::optional<Verdict> undecided{};
};

// Undecided unless the console answers, its first answer was 404, and the run was long enough.
RateLimitProbe evaluate_rate_limit(const Fact<RateLimitRun>& run, const Endpoint& endpoint);

}  // namespace compliance
