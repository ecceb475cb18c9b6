// Every host that leads to a Caracal Service has TLS, and is not served in clear beside.
// Annotations of cloud load balancers count as much as spec.tls (FACTS.md T33). The packaged web
// Ingress of 2026.06.22 has neither (FACTS.md T34).
#include "checks/caracal/public_components.h"
#include "checks/rules/endpoint_trust.h"

namespace compliance::external_tls {
namespace {

// What terminates TLS in front of the cluster is not among its objects: an endpoint of the host
// shows it. Endpoints alone are no evidence here, since without routes there is nothing to
// evaluate.
Verdict ingress_verdict(const Installation& installation, const Route& route) {
  if (route.clear.value && route.tls.value) {
    return with_expected_observed(
        fail("serves " + shown_host(route) + " in clear too", route.clear.origin),
        "TLS alone, or a redirect to https", *route.clear.value);
  }
  if (route.tls.fault) {
    return unknown(*route.tls.fault, route.origin);
  }
  if (route.tls.value) {
    return pass();
  }
  const auto trust = host_trust_verdict(installation, route.host);
  if (!trust) {
    return with_expected_observed(
        fail("serves " + shown_host(route) + " without TLS", route.origin),
        "TLS stated for the host", "none");
  }
  return resting_on(*trust, "states no TLS for " + shown_host(route) + ", and ", route.origin);
}

// Each host of each object by itself: TLS for one host does not cover another.
Verdicts evaluate_ingress(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Route& route : installation.kubernetes.routes) {
    verdicts.push_back(
        attributed_to(ingress_verdict(installation, route), route.component, route.object));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check ingress{
    .id = "external-tls-ingress",
    .title = "Every host of an Ingress, Gateway or route to Caracal has TLS",
    .area = Area::external_tls,
    .severity = Severity::critical,
    .evidence = Source::kubernetes,
    .why = "Without TLS, session cookies and tokens can be read and altered in transit.",
    .remediation =
        "Give the host a tls entry with a certificate (Helm: ingress.NAME.tlsSecretName), an HTTPS "
        "listener, or the annotations of the cloud's load balancer, and let what listens without "
        "TLS "
        "only redirect to https.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/ingress/#tls",
    .rule = &evaluate_ingress,
};
}  // namespace compliance::external_tls
