// Probes the services behind the console. No request has side effects, and none carries credentials
// other than the metrics bearer.
#include "exporter/observe/probes/services/service_probe.h"

#include <string_view>

#include "checks/formats/host_class.h"
#include "exporter/base/text.h"
#include "exporter/observe/probes/http/http_session.h"

namespace compliance::probes {
namespace {

// Inside many clusters Prometheus scrapes metrics in plaintext, so an internal host may be
// sent the bearer in plaintext too; no other host may. A proxy could read it on its way.
bool may_see_bearer(const RoutePlan& plan) {
  return plan.tls || (!plan.proxy && is_internal_host(plan.target.host));
}

// The scheme is case-sensitive (FACTS.md 9).
Fact<HttpAnswer> ask_with_bearer(HttpSession& http, const std::string& bearer) {
  const HttpRequest request{.target = "/metrics",
                            .headers = {{"Authorization", "Bearer " + bearer}}};
  if (http.plan() && !may_see_bearer(*http.plan())) {
    return http.not_asked(
        request, {.reason = UnknownReason::not_observable,
                  .message = "metrics_bearer_file is sent over TLS, or to internal hosts, and the "
                             "endpoint is neither: nothing was asked"});
  }
  return http.ask(request);
}

// Without a zone the STS answers 400, which is healthy too (FACTS.md 8.2).
Fact<HttpAnswer> ask_key_set(HttpSession& http, const std::string& zone) {
  const std::string path = "/.well-known/jwks.json";
  return http.ask({.target = zone.empty() ? path : path + "?zone_id=" + percent_encoded(zone)});
}

}  // namespace

ServiceAnswers probe_service(const ServiceTarget& target, const Resolver& resolver,
                             const Deadline& deadline) {
  ServiceAnswers answers;
  if (!has_mode(target.component)) {
    return answers;  // the console has a probe of its own, and nothing else is probed
  }
  HttpSession http(target.route, resolver, {.request = target.timeout, .deadline = deadline});
  using enum ServiceRequest;
  answers[metrics] = http.ask({.target = "/metrics"});
  // The coordinator rejects the right bearer in both releases, so it is not sent (FACTS.md 9).
  if (!target.metrics_bearer.empty() && target.component != Component::coordinator) {
    answers[metrics_with_bearer] = ask_with_bearer(http, target.metrics_bearer);
  }
  if (target.component == Component::api) {
    answers[documentation] = http.ask({.target = "/docs"});
    // Without credentials it acts in no state of the gate (FACTS.md 10).
    answers[control] = http.ask({.method = "POST", .target = "/v1/control/invoke"});
  } else if (target.component == Component::gateway) {
    // Every path that is no route of its own goes to the proxy handler (FACTS.md 7.1).
    answers[random_path] = http.ask({.target = "/" + random_name(), .shown_target = "/<random>"});
  } else if (target.component == Component::sts) {
    answers[key_set] = ask_key_set(http, target.zone);
  }
  return answers;
}

}  // namespace compliance::probes
