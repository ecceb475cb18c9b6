// Whether attempts at credentials are rate-limited, shown by a harmless GET with a counter of its
// own (FACTS.md 6.7, T23).
#include "checks/check.h"
#include "checks/web_edge/shared/limiter_verdict.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// A 429 decides however late it comes; its retry headers are never read (FACTS.md T22).
Verdict credential_rate_limit_verdict(const Endpoint& endpoint) {
  const Fact<RateLimitRun>& run = endpoint.web.limiter;
  RateLimitProbe reading = evaluate_rate_limit(run, endpoint);
  if (reading.undecided) {
    return std::move(*reading.undecided);
  }
  return reading.refused
             ? pass({}, run.origin)
             : with_expected_observed(
                   fail("requests below /api/auth/sign-in are not rate-limited", run.origin),
                   "429 within " + std::to_string(requests_until_limited(endpoint)) + " requests",
                   "no 429 in " + std::to_string(run.value->sent));
}

Verdicts evaluate_credential_rate_limit(const Installation& installation,
                                        const Policy& /*policy*/) {
  return on_web_endpoint(installation, [](const Endpoint& endpoint) {
    return Verdicts{credential_rate_limit_verdict(endpoint)};
  });
}

}  // namespace

extern constinit const Check credential_rate_limit{
    .id = "web-edge-credential-rate-limit",
    .title = "Credential endpoints are rate-limited",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Source::endpoint,
    .why = "Without a limit, passwords can be guessed as fast as the console answers.",
    .remediation =
        "Use an unmodified release, and set replicas of endpoints.web to the number of running "
        "replicas.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_credential_rate_limit,
};
}  // namespace compliance::web_edge
