// The Gateway rejects requests without credentials. Source: FACTS.md 7.2.
#include <algorithm>

#include "checks/caracal/service_answer.h"
#include "checks/formats/redirect.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"

namespace compliance::gateway_upstreams {
namespace {

// The sign-in may belong to a proxy in front or to an upstream.
bool leads_to_sign_in(const HttpAnswer& answer) {
  const std::vector<Redirect> redirects = redirects_of(answer);
  return std::any_of(redirects.begin(), redirects.end(), [](const Redirect& redirect) {
    return compliance::leads_to_sign_in(redirect);
  });
}

// 503 with stale revocations is closed too (FACTS.md T36). A redirect that is no sign-in shows that
// an upstream answered.
Verdict anonymous_verdict(const Fact<HttpAnswer>& anonymous) {
  if (!anonymous.value) {
    return unanswered(anonymous);
  }
  const HttpAnswer& answer = *anonymous.value;
  if (answer.status == 401) {
    return pass();
  }
  if (is_stale_gateway(answer)) {
    return pass("rejects everything, since it does not know which tokens are revoked",
                anonymous.origin);
  }
  const bool redirects = answer.status / 100 == 3 && !leads_to_sign_in(answer);
  return is_success(answer) || redirects
             ? with_expected_observed(
                   fail("lets a request without credentials through", anonymous.origin),
                   "status 401, or 503 of the Gateway", status_in_words(answer))
             : undecided(answer, "a request without credentials", anonymous.origin);
}

Verdicts evaluate_fails_closed(const Installation& installation, const Policy& /*policy*/) {
  const Endpoint* endpoint = asked_endpoint(installation, Component::gateway);
  return {endpoint == nullptr
              ? without_endpoint(Component::gateway)
              : attributed_to(anonymous_verdict(endpoint->service[ServiceRequest::random_path]),
                              *endpoint)};
}

}  // namespace

extern constinit const Check fails_closed{
    .id = "gateway-upstreams-fails-closed",
    .title = "The Gateway rejects requests without credentials",
    .area = Area::gateway_upstreams,
    .severity = Severity::critical,
    .evidence = Source::endpoint,
    .why = "An open Gateway acts for anyone with the rights that it holds for agents.",
    .remediation =
        "Run the Gateway in published mode, and route the host to nothing but the Gateway.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_fails_closed,
};
}  // namespace compliance::gateway_upstreams
