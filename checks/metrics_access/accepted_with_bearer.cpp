// Services show their metrics to those who have the bearer.
#include "checks/formats/exposition.h"
#include "checks/metrics_access/shared/metrics_access.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"

namespace compliance::metrics_access {
namespace {

Verdict accepted_with_bearer_verdict(const Endpoint& endpoint, const Installation& installation) {
  const Fact<HttpAnswer>& metrics = endpoint.service[ServiceRequest::metrics_with_bearer];
  // The coordinator takes another token (trap 41); a bearer that is not set is another row's.
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
             ? with_expected_observed(fail("refuses the configured bearer", metrics.origin),
                                      "metrics", status_in_words(*metrics.value))
             : undecided(*metrics.value, "/metrics with the bearer", metrics.origin);
}

Verdicts evaluate_accepted_with_bearer(const Installation& installation, const Policy& /*policy*/) {
  return judge_metrics_endpoints(installation, &accepted_with_bearer_verdict);
}

}  // namespace

extern constinit const Check accepted_with_bearer{
    .id = "metrics-access-accepted-with-bearer",
    .title = "Services show their metrics to those who have the bearer",
    .area = Area::metrics_access,
    .severity = Severity::low,
    .evidence = Evidence::endpoint,
    .why = "When every scrape is refused nobody sees the service fail.",
    .remediation =
        "Give the service and endpoints.metrics_bearer_file the same token, without a line break "
        "within.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_accepted_with_bearer,
};
}  // namespace compliance::metrics_access
