// Whether the proxy of an Ingress or route gets through to web.
#include "checks/network_policy/shared/controller_ingress.h"

#include <algorithm>

namespace compliance {
namespace {

constexpr std::uint16_t web_port = 3002;

bool is_for_web(const NetworkPolicyRule& rule, const NetworkPod& web) {
  const auto port = std::find_if(web.ports.begin(), web.ports.end(), [](const PodPort& candidate) {
    return candidate.number == web_port && candidate.protocol == "TCP";
  });
  return port == web.ports.end() ? counts_for(rule, web) : includes(rule, *port);
}

bool admits_proxy_of_release(const NetworkFacts& facts, const PolicyPeer& peer,
                             const std::string& in) {
  return std::any_of(facts.pods.begin(), facts.pods.end(), [&](const NetworkPod& pod) {
    if (pod.component != Component::edge) {
      return false;
    }
    const auto labels = facts.namespaces.find(pod.object_namespace);
    return admits(peer, in,
                  {.object_namespace = pod.object_namespace,
                   .namespace_labels = labels == facts.namespaces.end() ? Labels{} : labels->second,
                   .labels = pod.labels});
  });
}

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

}  // namespace

ControllerPath way_from_controller(const NetworkFacts& facts, const NetworkPod& web,
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

}  // namespace compliance
