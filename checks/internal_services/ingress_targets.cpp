// Ingresses and routes lead only to public components. Which ones are public, the operator
// declares; by default web alone (FACTS.md 1.3, T32).
#include "checks/caracal/public_components.h"
#include "checks/check.h"

namespace compliance::internal_services {
namespace {

// The name of the Service is shown: Kubernetes restricts it to harmless characters.
Verdict target_verdict(const Installation& installation, const Route& route) {
  if (may_be_exposed(installation, route.component)) {
    return pass();
  }
  return with_expected_observed(
      fail("exposes Service " + route.service + " under " + shown_host(route), route.origin),
      "no route, or the component declared in public_components", "a route from outside");
}

Verdicts evaluate_ingress_targets(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Route& route : installation.kubernetes.routes) {
    verdicts.push_back(
        attributed_to(target_verdict(installation, route), route.component, route.object));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check ingress_targets{
    .id = "internal-services-ingress-targets",
    .title = "Ingresses and routes lead only to public components",
    .area = Area::internal_services,
    .severity = Severity::high,
    .evidence = Source::kubernetes,
    .why =
        "A component that is reachable from outside can be attacked directly, bypassing the "
        "console.",
    .remediation =
        "Remove the route, or declare the component in public_components if it is meant to be "
        "reached from outside.",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/ingress/",
    .rule = &evaluate_ingress_targets,
};
}  // namespace compliance::internal_services
