// Whether the rate limit counts clients by an address that they cannot choose. 2026.06.22 believes
// the first entry of X-Forwarded-For (FACTS.md 6.7, T25).
#include "checks/check.h"
#include "checks/web_edge/shared/limiter_verdict.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// A limit in spite of varied addresses passes even where the run was short.
Verdict rate_limit_identity_verdict(const Endpoint& endpoint) {
  RateLimitProbe plain = evaluate_rate_limit(endpoint.web.limiter, endpoint);
  if (plain.undecided) {
    return std::move(*plain.undecided);
  }
  if (!plain.refused) {
    return unknown(UnknownReason::not_observable, "there is no rate limit that could be evaded",
                   endpoint.web.limiter.origin);
  }
  const Fact<RateLimitRun>& run = endpoint.web.limiter_forwarded;
  if (run.value && run.value->refused_at != 0) {
    return pass({}, run.origin);
  }
  RateLimitProbe forwarded = evaluate_rate_limit(run, endpoint);
  return forwarded.undecided
             ? std::move(*forwarded.undecided)
             : with_expected_observed(
                   fail("varying X-Forwarded-For evades the rate limit", run.origin),
                   "429 within " + std::to_string(requests_until_limited(endpoint)) + " requests",
                   "no 429 in " + std::to_string(run.value->sent));
}

Verdicts evaluate_rate_limit_identity(const Installation& installation, const Policy& /*policy*/) {
  return on_web_endpoint(installation, [](const Endpoint& endpoint) {
    return Verdicts{rate_limit_identity_verdict(endpoint)};
  });
}

}  // namespace

extern constinit const Check rate_limit_identity{
    .id = "web-edge-rate-limit-identity",
    .title = "A forged X-Forwarded-For does not evade the rate limit",
    .area = Area::web_edge,
    .severity = Severity::medium,
    .evidence = Source::endpoint,
    .why = "A client that chooses its counted address is never counted twice.",
    .remediation =
        "Let the edge overwrite X-Forwarded-For with the address that it sees, or update to "
        "v0.1.0 or later.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_rate_limit_identity,
};
}  // namespace compliance::web_edge
