// Whether the console API rejects requests without a session: 401 with JSON, before it looks at the
// path (FACTS.md 6.6).
#include "checks/check.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// A page is no answer of the API, whatever its status (FACTS.md T8).
Verdict unauthenticated_console_verdict(const Endpoint& endpoint) {
  const Fact<HttpAnswer>& fact = endpoint.web.answers[ConsoleRequest::status];
  if (!fact.value) {
    return unanswered(fact);
  }
  if (is_served(*fact.value)) {
    return with_expected_observed(fail("the console API answers without a session", fact.origin),
                                  "401", std::to_string(fact.value->status));
  }
  return is_refusal(*fact.value, endpoint) ? pass({}, fact.origin)
                                           : unexpected("GET /api/console/status", fact, endpoint);
}

Verdicts evaluate_unauthenticated_console(const Installation& installation,
                                          const Policy& /*policy*/) {
  return on_web_endpoint(installation, [](const Endpoint& endpoint) {
    return Verdicts{unauthenticated_console_verdict(endpoint)};
  });
}

}  // namespace

extern constinit const Check unauthenticated_console{
    .id = "web-edge-unauthenticated-console",
    .title = "The console API rejects requests without a session",
    .area = Area::web_edge,
    .severity = Severity::critical,
    .evidence = Source::endpoint,
    .why =
        "The console acts with the administrators' token: without a session check, so does every "
        "caller.",
    .remediation =
        "Make sure that nothing in front of the console answers for it or adds a session cookie.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_unauthenticated_console,
};
}  // namespace compliance::web_edge
