// Services accept the configured bearer for their metrics. A service that refuses it is not
// scraped, and nobody is told when it fails.
#include "checks/formats/exposition.h"
#include "checks/metrics_access/shared/metrics_access.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"

namespace compliance::metrics_access {
namespace {

// 401 and 403 fail; any other answer than metrics may come from something in between.
Verdict bearer_verdict(const Endpoint& endpoint, const Installation& installation) {
  const Fact<HttpAnswer>& metrics = endpoint.service[ServiceRequest::metrics_with_bearer];
  // The coordinator takes another token (FACTS.md T41); another check reports a bearer that is not
  // set.
  if (endpoint.component == Component::coordinator ||
      lacks_metrics_bearer(installation, endpoint.component)) {
    return not_applicable();
  }
  if (!endpoint.has_bearer) {
    return unknown(UnknownReason::not_configured, "no bearer for metrics is configured",
                   endpoint.origin);
  }
  if (!metrics.value) {
    return unanswered(metrics);
  }
  const int status = metrics.value->status;
  if (status == 200 && is_exposition(metrics.value->body)) {
    return pass();
  }
  return status == 401 || status == 403
             ? with_expected_observed(fail("rejects the configured bearer", metrics.origin),
                                      "metrics", status_in_words(*metrics.value))
             : undecided(*metrics.value, "/metrics with the bearer", metrics.origin);
}

Verdicts evaluate_accepted_with_bearer(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_metrics_endpoints(installation, &bearer_verdict);
}

}  // namespace

extern constinit const Check accepted_with_bearer{
    .id = "metrics-access-accepted-with-bearer",
    .title = "Services serve their metrics to clients with the bearer",
    .area = Area::metrics_access,
    .severity = Severity::low,
    .evidence = Source::endpoint,
    .why = "If every scrape is rejected, nobody notices when the service fails.",
    .remediation =
        "Give the service and endpoints.metrics_bearer_file the same token, with no line break in "
        "it.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_accepted_with_bearer,
};
}  // namespace compliance::metrics_access
