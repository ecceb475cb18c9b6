// Every host that leads to a Caracal Service has TLS.
#include <algorithm>

#include "checks/check.h"
#include "checks/subject/public_components.h"
#include "checks/subject/web_url.h"

namespace compliance::external_tls {
namespace {

// What ends TLS in front of the cluster is not among its objects: an endpoint of the host shows it.
bool has_https_endpoint(const Installation& installation, const Route& route) {
  return std::any_of(installation.endpoints.begin(), installation.endpoints.end(),
                     [&route](const Endpoint& endpoint) {
                       const WebUrl url = read_web_url(endpoint.url).url;
                       return url.scheme == "https" && url.host == route.host;
                     });
}

Verdict judge(const Installation& installation, const Route& route) {
  if (route.tls.fault) {
    return unknown(*route.tls.fault, route.origin);
  }
  if (route.tls.value) {
    return pass();
  }
  if (has_https_endpoint(installation, route)) {
    return unknown(UnknownReason::pending,
                   "states no TLS for " + shown_host(route) + ", and its endpoint was not asked",
                   route.origin);
  }
  return comparing(fail("serves " + shown_host(route) + " without TLS", route.origin),
                   "TLS stated for the host", "none");
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Route& route : installation.routes) {
    verdicts.push_back(about(judge(installation, route), route.component, route.object));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check ingress{
    .id = "external-tls-ingress",
    .title = "Every host of an Ingress, Gateway or route to Caracal has TLS",
    .area = Area::external_tls,
    .severity = Severity::critical,
    .evidence = Evidence::kubernetes,
    .why = "Without TLS, session cookies and tokens can be read and changed on the way.",
    .remediation =
        "Give the host a tls entry with a certificate (Helm: ingress.NAME.tlsSecretName), an HTTPS "
        "listener, or the annotations of the cloud's load balancer.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/ingress/#tls",
    .rule = &evaluate,
};
}  // namespace compliance::external_tls
