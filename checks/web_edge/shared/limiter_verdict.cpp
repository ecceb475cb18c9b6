// Evaluates a run of requests against the rate limiter of credential endpoints.
#include "checks/web_edge/shared/limiter_verdict.h"

#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"

namespace compliance {
namespace {

// Requests in 10 seconds that the library lets through below /sign-in where no rule is set.
constexpr std::size_t let_through = 3;

// Why the first answer proves nothing about the console's limiter.
std::string describe(const RateLimitRun& run) {
  return run.refused_at == 1
             ? "the first request was rejected by another rate limit than the console's"
             : "the first request was answered with " + std::to_string(run.status_before) +
                   ", not with the console's 404";
}

}  // namespace

std::size_t requests_until_limited(const Endpoint& endpoint) {
  return let_through * endpoint.replicas + 1;
}

RateLimitProbe evaluate_rate_limit(const Fact<RateLimitRun>& run, const Endpoint& endpoint) {
  if (auto missing = console_missing(endpoint)) {
    return {.undecided = std::move(missing)};
  }
  if (!run.value) {
    return {.undecided = unanswered(run)};
  }
  // The random path does not exist, so the console answers 404 until it limits (FACTS.md 6.7).
  if (run.value->status_before != 404) {
    return {.undecided =
                unknown(UnknownReason::unexpected_response, describe(*run.value), run.origin)};
  }
  const bool refused = run.value->refused_at != 0;
  const std::size_t needed = requests_until_limited(endpoint);
  if (!refused && run.value->sent < needed) {
    return {.undecided = unknown(UnknownReason::timeout,
                                 "only " + std::to_string(run.value->sent) + " of " +
                                     std::to_string(needed) + " requests were answered in time",
                                 run.origin)};
  }
  return {.refused = refused};
}

}  // namespace compliance
