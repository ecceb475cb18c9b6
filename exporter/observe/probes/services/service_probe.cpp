// The requests to the services behind the console. None carries credentials but for the bearer of
// the metrics, and none acts.
#include "exporter/observe/probes/services/service_probe.h"

#include <string_view>

#include "checks/formats/host_class.h"
#include "exporter/base/text.h"
#include "exporter/observe/probes/http/http_session.h"

namespace compliance::probes {
namespace {

// Metrics are scraped in plain HTTP inside many clusters, so an internal host may see the bearer in
// clear as it does when Prometheus asks; nobody else may.
bool may_see_bearer(const RoutePlan& plan) {
  return plan.tls || (!plan.proxy && is_internal_host(plan.target.host));
}

Fact<HttpAnswer> ask_with_bearer(HttpSession& inquiry, const std::string& bearer) {
  const HttpRequest request{.target = "/metrics",
                            .headers = {{"Authorization", "Bearer " + bearer}}};
  if (inquiry.plan() && !may_see_bearer(*inquiry.plan())) {
    return inquiry.not_asked(
        request, {.reason = UnknownReason::not_observable,
                  .message = "metrics_bearer_file is sent over TLS, or to internal hosts, and the "
                             "endpoint is neither: nothing was asked"});
  }
  return inquiry.ask(request);
}

void ask_api(HttpSession& inquiry, ServiceAnswers& answers) {
  answers.documentation = inquiry.ask({.target = "/docs"});
  answers.control = inquiry.ask({.method = "POST", .target = "/v1/control/invoke"});
}

Fact<HttpAnswer> ask_key_set(HttpSession& inquiry, const std::string& zone) {
  const std::string path = "/.well-known/jwks.json";
  return inquiry.ask({.target = zone.empty() ? path : path + "?zone_id=" + percent_encoded(zone)});
}

}  // namespace

ServiceAnswers probe_service(const ServiceTarget& target, const Resolver& resolver,
                             const Deadline& deadline) {
  ServiceAnswers answers;
  if (!has_mode(target.component)) {
    return answers;  // the console has probes of its own, and nothing else is asked
  }
  HttpSession inquiry(target.route, resolver, {.request = target.timeout, .deadline = deadline});
  answers.metrics = inquiry.ask({.target = "/metrics"});
  // The coordinator refuses the right bearer, at both releases: it is not shown to it (facts 9).
  if (!target.metrics_bearer.empty() && target.component != Component::coordinator) {
    answers.metrics_with_bearer = ask_with_bearer(inquiry, target.metrics_bearer);
  }
  if (target.component == Component::api) {
    ask_api(inquiry, answers);
  } else if (target.component == Component::gateway) {
    answers.anonymous = inquiry.ask({.target = "/" + random_name(), .shown_target = "/<random>"});
  } else if (target.component == Component::sts) {
    answers.key_set = ask_key_set(inquiry, target.zone);
  }
  return answers;
}

}  // namespace compliance::probes
