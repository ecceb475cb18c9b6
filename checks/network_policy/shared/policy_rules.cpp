// The rules of NetworkPolicies in effect on a pod.
#include "checks/network_policy/shared/policy_rules.h"

#include <algorithm>
#include <string_view>

namespace compliance {
namespace {

// After the defaulting of policyTypes.
bool is_for(const NetworkPolicy& policy, PolicyDirection direction) {
  return direction == PolicyDirection::ingress ? policy.has_ingress : policy.has_egress;
}

// Names of RFC 1123; any other text is not shown.
bool is_namespace_name(std::string_view text) {
  constexpr std::size_t max_length = 63;
  return !text.empty() && text.size() <= max_length &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

// Expects at least one name.
std::string describe_namespaces(const std::vector<std::string>& names) {
  if (names.size() == 1 && is_namespace_name(names.front())) {
    return "the namespace " + names.front();
  }
  return names.size() == 1 ? "its namespace" : std::to_string(names.size()) + " namespaces";
}

}  // namespace

std::vector<AddressRange> ranges_of(const NetworkPolicyRule& rule) {
  std::vector<AddressRange> ranges;
  for (const PolicyPeer& peer : rule.peers) {
    if (peer.addresses) {
      ranges.push_back(*peer.addresses);
    }
  }
  return ranges;
}

bool is_selected(const NetworkFacts& facts, const NetworkPod& pod, PolicyDirection direction) {
  const auto& numbers = facts.policy_sets.at(pod.policy_set);
  return std::any_of(numbers.begin(), numbers.end(), [&](std::uint32_t number) {
    return is_for(facts.policies.at(number), direction);
  });
}

std::vector<RuleInEffect> rules_in_effect(const NetworkFacts& facts, const NetworkPod& pod,
                                          PolicyDirection direction) {
  std::vector<RuleInEffect> rules;
  for (const std::uint32_t number : facts.policy_sets.at(pod.policy_set)) {
    const NetworkPolicy& policy = facts.policies.at(number);
    if (!is_for(policy, direction)) {
      continue;
    }
    for (const NetworkPolicyRule& rule :
         direction == PolicyDirection::ingress ? policy.ingress : policy.egress) {
      rules.push_back({.policy = &policy, .rule = &rule});
    }
  }
  return rules;
}

bool includes(const PolicyPort& entry, const PodPort& port) {
  if (entry.protocol != port.protocol) {
    return false;
  }
  if (!entry.name.empty()) {
    // A name stands for whatever number the receiving pod gives it.
    return entry.name == port.name;
  }
  // A first port of 0 means an entry without a number.
  return entry.first == 0 || (entry.first <= port.number && port.number <= entry.last);
}

bool includes(const NetworkPolicyRule& rule, const PodPort& port) {
  return rule.ports.empty() ||
         std::any_of(rule.ports.begin(), rule.ports.end(),
                     [&port](const PolicyPort& entry) { return includes(entry, port); });
}

bool counts_for(const NetworkPolicyRule& rule, const NetworkPod& pod) {
  return rule.ports.empty() ||
         std::any_of(pod.ports.begin(), pod.ports.end(),
                     [&rule](const PodPort& port) { return includes(rule, port); });
}

bool is_every_port(const PolicyPort& entry) {
  constexpr std::uint16_t highest = 65535;
  return entry.name.empty() && (entry.first == 0 || (entry.first == 1 && entry.last == highest));
}

bool has_every_port(const NetworkPolicyRule& rule) {
  return rule.ports.empty() || std::any_of(rule.ports.begin(), rule.ports.end(), is_every_port);
}

bool admits(const PolicyPeer& peer, const Address& address) {
  return peer.addresses && contains(peer.addresses->block, address) &&
         std::none_of(peer.addresses->except.begin(), peer.addresses->except.end(),
                      [&address](const AddressBlock& block) { return contains(block, address); });
}

bool admits(const PolicyPeer& peer, const std::string& ns, const OtherPod& pod) {
  if (peer.addresses) {
    return false;
  }
  // Without a namespaceSelector a peer is bound to the namespace of its policy.
  const bool is_there = peer.namespaces ? matches(*peer.namespaces, pod.namespace_labels)
                                        : pod.object_namespace == ns;
  return is_there && (!peer.pods || matches(*peer.pods, pod.labels));
}

bool has_peer(const NetworkPolicyRule& rule, PeerScope place) {
  return std::any_of(rule.peers.begin(), rule.peers.end(),
                     [place](const PolicyPeer& peer) { return peer.place == place; });
}

// Manifests without metadata.namespace go where the operator applies them.
Fault unknown_namespace() {
  return {.reason = UnknownReason::unresolved_reference,
          .message =
              "a NetworkPolicy admits pods of a namespace by name, but the namespace of the "
              "release is not known: set kubernetes.namespace"};
}

std::string describe(PolicyDirection direction) {
  return direction == PolicyDirection::ingress ? "Ingress" : "Egress";
}

// Labels may carry anything, so they are counted and never shown.
std::string describe(const PolicyPeer& peer) {
  if (peer.addresses) {
    return "the addresses " + text_of(peer.addresses->block);
  }
  if (!peer.bound_namespaces || peer.bound_namespaces->empty()) {
    return peer.namespaces && peer.namespaces->requirements.empty()
               ? "pods of every namespace"
               : "pods of namespaces chosen by label";
  }
  const bool all = !peer.pods || peer.pods->requirements.empty();
  return (all ? "every pod of " : "pods of ") + describe_namespaces(*peer.bound_namespaces);
}

std::string describe(const PolicyPort& port) {
  if (!port.name.empty()) {
    return "a named " + port.protocol + " port";
  }
  if (is_every_port(port)) {
    return "every " + port.protocol + " port";
  }
  return port.protocol + (port.first == port.last ? " port " : " ports ") +
         std::to_string(port.first) +
         (port.first == port.last ? "" : " to " + std::to_string(port.last));
}

std::string describe_ports(const NetworkPolicyRule& rule) {
  if (rule.ports.empty()) {
    return "every port";
  }
  // An entry for every port makes the others moot, so it is the one that is shown.
  const auto widest = std::find_if(rule.ports.begin(), rule.ports.end(), is_every_port);
  const std::string more =
      rule.ports.size() > 1 ? " and " + std::to_string(rule.ports.size() - 1) + " more" : "";
  return describe(widest == rule.ports.end() ? rule.ports.front() : *widest) + more;
}

}  // namespace compliance
