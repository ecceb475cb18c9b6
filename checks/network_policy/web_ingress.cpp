// The proxy behind a route to web gets through to it, and is named.
#include <algorithm>

#include "checks/network_policy/shared/controller_ingress.h"
#include "checks/network_policy/shared/judge_pods.h"

namespace compliance::network_policy {
namespace {

Verdict web_ingress_verdict(const ControllerPath& way, const std::string& route) {
  switch (way.state) {
    case ControllerIngress::admitted:
      return pass();
    case ControllerIngress::undecided:
      return unknown(unknown_namespace(), way.rule->origin);
    case ControllerIngress::everybody:
      return with_expected_observed(
          fail("only a rule for every source lets the controller of " + route + " in",
               way.rule->origin),
          "a rule with `from` for TCP port 3002", "a rule without `from`");
    case ControllerIngress::absent:
      break;
  }
  return with_expected_observed(fail("no rule lets the controller of " + route + " in", {}),
                                "a rule with `from` for TCP port 3002", "none");
}

Verdicts evaluate_web_ingress(const Installation& installation, const Policy& /*policy*/) {
  const auto& routes = installation.kubernetes.routes;
  const auto route = std::find_if(routes.begin(), routes.end(), [](const Route& candidate) {
    return candidate.component == Component::web;
  });
  const auto is_routed = [&](const NetworkPod& pod) {
    return route != routes.end() && pod.component == Component::web;
  };
  return evaluate_pods(
      installation, PolicyDirection::ingress, is_routed,
      [&](const NetworkPod& pod, const std::vector<RuleInEffect>& rules) -> Verdicts {
        return {web_ingress_verdict(
            way_from_controller(installation.kubernetes.network, pod, rules), route->object)};
      });
}

}  // namespace

extern constinit const Check web_ingress{
    .id = "network-policy-web-ingress",
    .title = "NetworkPolicies let the ingress controller reach web, by name",
    .area = Area::network_policy,
    .severity = Severity::medium,
    .evidence = Evidence::kubernetes,
    .why =
        "Where policies are enforced the console is unreachable without such a rule, and one "
        "without `from` lets every pod of the cluster past the controller.",
    .remediation =
        "Add an ingress rule with `from` the controller's namespace, pods or addresses and the "
        "port 3002 (networkPolicy.extraIngress).",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate_web_ingress},
};

}  // namespace compliance::network_policy
