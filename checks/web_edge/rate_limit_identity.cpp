// The limit counts callers by an address that they cannot choose.
#include "checks/check.h"
#include "checks/subject/limiter_verdict.h"
#include "checks/subject/web_rule.h"

namespace compliance::web_edge {
namespace {

Verdict judge(const Endpoint& endpoint) {
  LimiterReading plain = read_limiter_run(endpoint.web.limiter, endpoint);
  if (plain.undecided) {
    return std::move(*plain.undecided);
  }
  if (!plain.refused) {
    return unknown(UnknownReason::not_observable, "there is no limit that could be evaded",
                   endpoint.web.limiter.origin);
  }
  const Fact<LimiterRun>& run = endpoint.web.limiter_forwarded;
  if (run.value && run.value->refused_at != 0) {
    return pass({}, run.origin);
  }
  LimiterReading forwarded = read_limiter_run(run, endpoint);
  return forwarded.undecided
             ? std::move(*forwarded.undecided)
             : comparing(fail("another X-Forwarded-For each time evades the limit", run.origin),
                         "429 within " + std::to_string(limiter_patience(endpoint)) + " requests",
                         "no 429 in " + std::to_string(run.value->sent));
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  return on_web_endpoint(installation,
                         [](const Endpoint& endpoint) { return Verdicts{judge(endpoint)}; });
}

}  // namespace

extern constinit const Check rate_limit_identity{
    .id = "web-edge-rate-limit-identity",
    .title = "A made-up X-Forwarded-For does not evade the limit",
    .area = Area::web_edge,
    .severity = Severity::medium,
    .evidence = Evidence::endpoint,
    .why = "Who chooses the address that is counted chooses never to be counted twice.",
    .remediation =
        "Let the edge overwrite X-Forwarded-For with the address that it sees, or update from June "
        "2026.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::web_edge
