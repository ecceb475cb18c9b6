// The public web origin shows no metrics. The console answers /metrics with its page, so a status
// of 200 proves nothing (FACTS.md T8).
#include "checks/formats/exposition.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"

namespace compliance::metrics_access {
namespace {

// An edge that cannot reach its backend or that limits our requests shows nothing.
bool is_outage(const HttpAnswer& answer) { return answer.status >= 500 || answer.status == 429; }

// Any answer that is neither metrics nor an outage shows that nothing is exposed.
Verdict edge_metrics_verdict(const Fact<HttpAnswer>& metrics) {
  if (!metrics.value) {
    return unanswered(metrics);
  }
  if (is_exposition(metrics.value->body)) {
    return with_expected_observed(fail("shows metrics to everyone", metrics.origin),
                                  "the console's page",
                                  "metrics, with " + status_in_words(*metrics.value));
  }
  return is_outage(*metrics.value) ? undecided(*metrics.value, "/metrics", metrics.origin) : pass();
}

Verdicts evaluate_not_on_public_edge(const Installation& installation, const Policy& /*policy*/) {
  const Endpoint* endpoint = asked_endpoint(installation, Component::web);
  return {endpoint == nullptr
              ? without_endpoint(Component::web)
              : attributed_to(edge_metrics_verdict(endpoint->web.answers[ConsoleRequest::metrics]),
                              *endpoint)};
}

}  // namespace

extern constinit const Check not_on_public_edge{
    .id = "metrics-access-not-on-public-edge",
    .title = "The public web origin shows no metrics",
    .area = Area::metrics_access,
    .severity = Severity::high,
    .evidence = Source::endpoint,
    .why = "Metrics of the edge or of a service show traffic, names and failures to everyone.",
    .remediation = "Keep /metrics off the public listener of the edge, or require a credential.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_not_on_public_edge,
};
}  // namespace compliance::metrics_access
