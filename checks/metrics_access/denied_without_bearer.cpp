// Services deny their metrics to clients without the bearer. In published mode they always do; open
// metrics show development mode (FACTS.md 9).
#include "checks/formats/exposition.h"
#include "checks/metrics_access/shared/metrics_access.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"

namespace compliance::metrics_access {
namespace {

// The body decides before the status: what looks like metrics is metrics (FACTS.md T45).
Verdict anonymous_verdict(const Endpoint& endpoint, const Installation& /*installation*/) {
  const Fact<HttpAnswer>& metrics = endpoint.service[ServiceRequest::metrics];
  if (!metrics.value) {
    return unanswered(metrics);
  }
  if (is_exposition(metrics.value->body)) {
    return with_expected_observed(fail("shows its metrics without the bearer", metrics.origin),
                                  "status 401", "metrics, with " + status_in_words(*metrics.value));
  }
  const int status = metrics.value->status;
  return status == 401 || status == 403 || status == 404
             ? pass()
             : undecided(*metrics.value, "/metrics", metrics.origin);
}

Verdicts evaluate_denied_without_bearer(const Installation& installation,
                                        const Policy& /*policy*/) {
  return evaluate_metrics_endpoints(installation, &anonymous_verdict);
}

}  // namespace

extern constinit const Check denied_without_bearer{
    .id = "metrics-access-denied-without-bearer",
    .title = "Services deny their metrics to clients without the bearer",
    .area = Area::metrics_access,
    .severity = Severity::critical,
    .evidence = Source::endpoint,
    .why =
        "Open metrics show zones, traffic and failures to everyone, and that the service runs in "
        "development mode.",
    .remediation = "Run the service in published mode, or set METRICS_BEARER_FILE.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_denied_without_bearer,
};
}  // namespace compliance::metrics_access
