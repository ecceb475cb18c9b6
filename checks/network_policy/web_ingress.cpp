// Whether policies admit the proxy behind a route to web, by a peer that names it. Production
// values of 2026.06.22 have an Ingress and no such rule (FACTS.md 5.5, T73).
#include <algorithm>
#include <cstdint>
#include <vector>

#include "checks/check.h"
#include "checks/network_policy/shared/evaluate_pods.h"
#include "checks/network_policy/shared/policy_rules.h"

namespace compliance::network_policy {
namespace {

// From best to worst: the least of several counts.
enum class ControllerIngress : std::uint8_t {
  admitted,   // by a peer that is not one of the release's own services
  undecided,  // perhaps by such a peer: the release's namespace is not known
  everybody,  // only by rules without `from`
  absent,
};

// The best path found, and the rule that gives it.
struct ControllerPath {
  ControllerIngress state = ControllerIngress::absent;
  const NetworkPolicyRule* rule = nullptr;  // the one that gives the state; null when absent
};

// FACTS.md 1.1.
constexpr std::uint16_t web_port = 3002;

// By the port of the console where the pod has it.
bool is_for_web(const NetworkPolicyRule& rule, const NetworkPod& web) {
  const auto port = std::find_if(web.ports.begin(), web.ports.end(), [](const PodPort& candidate) {
    return candidate.number == web_port && candidate.protocol == "TCP";
  });
  return port == web.ports.end() ? counts_for(rule, web) : includes(rule, *port);
}

// A reverse proxy that the release itself brings along.
bool admits_proxy_of_release(const NetworkFacts& facts, const PolicyPeer& peer,
                             const std::string& ns) {
  return std::any_of(facts.pods.begin(), facts.pods.end(), [&](const NetworkPod& pod) {
    if (pod.component != Component::edge) {
      return false;
    }
    const auto labels = facts.namespaces.find(pod.object_namespace);
    return admits(peer, ns,
                  {.object_namespace = pod.object_namespace,
                   .namespace_labels = labels == facts.namespaces.end() ? Labels{} : labels->second,
                   .labels = pod.labels});
  });
}

// What one rule does for the controller.
ControllerIngress state_of(const NetworkFacts& facts, const RuleInEffect& in_effect) {
  const NetworkPolicyRule& rule = *in_effect.rule;
  if (rule.peers.empty()) {
    return ControllerIngress::everybody;
  }
  const auto admits_controller = [&](const PolicyPeer& peer) {
    return peer.place == PeerScope::outside ||
           admits_proxy_of_release(facts, peer, in_effect.policy->object_namespace);
  };
  if (std::any_of(rule.peers.begin(), rule.peers.end(), admits_controller)) {
    return ControllerIngress::admitted;
  }
  return has_peer(rule, PeerScope::undecided) ? ControllerIngress::undecided
                                              : ControllerIngress::absent;
}

// The best path that the rules in effect on a pod of web give the controller. Which controller
// serves a route is not among the objects: any peer outside the release counts, and a proxy of the
// release itself. The port is that of FACTS.md 1.1 where the pod has it, else any port of the pod.
ControllerPath path_of_controller(const NetworkFacts& facts, const NetworkPod& web,
                                  const std::vector<RuleInEffect>& rules) {
  ControllerPath best;
  for (const RuleInEffect& in_effect : rules) {
    if (!is_for_web(*in_effect.rule, web)) {
      continue;
    }
    const ControllerIngress state = state_of(facts, in_effect);
    if (state < best.state) {
      best = {.state = state, .rule = in_effect.rule};
    }
  }
  return best;
}

Verdict web_ingress_verdict(const ControllerPath& path, const std::string& route) {
  switch (path.state) {
    case ControllerIngress::admitted:
      return pass();
    case ControllerIngress::undecided:
      return unknown(unknown_namespace(), path.rule->origin);
    case ControllerIngress::everybody:
      return with_expected_observed(
          fail("only a rule without `from` admits the controller of " + route, path.rule->origin),
          "a rule with `from` for TCP port 3002", "a rule without `from`");
    case ControllerIngress::absent:
      break;
  }
  return with_expected_observed(fail("no ingress rule admits the controller of " + route, {}),
                                "a rule with `from` for TCP port 3002", "none");
}

// Without a route nobody needs to be admitted (FACTS.md T73).
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
        return {web_ingress_verdict(path_of_controller(installation.kubernetes.network, pod, rules),
                                    route->object)};
      });
}

}  // namespace

extern constinit const Check web_ingress{
    .id = "network-policy-web-ingress",
    .title = "NetworkPolicies admit the ingress controller to web by name",
    .area = Area::network_policy,
    .severity = Severity::medium,
    .evidence = Source::kubernetes,
    .why =
        "Where policies are enforced, the console is unreachable without such a rule, and a rule "
        "without `from` lets every pod of the cluster bypass the controller.",
    .remediation =
        "Add an ingress rule with `from` the controller's namespace, pods or addresses and the "
        "port 3002 (networkPolicy.extraIngress).",
    .reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    .rule = RuleOnEach<Installation>{&evaluate_web_ingress},
};

}  // namespace compliance::network_policy
