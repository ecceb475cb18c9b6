// Pods and NetworkPolicies for the tests of rules: a release whose policies a test writes down.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "checks/caracal/served_port.h"
#include "checks/network_policy/shared/policy_rules.h"
#include "tests/support/facts.h"

namespace compliance::test {

using Peers = std::vector<PolicyPeer>;
using Ports = std::vector<PolicyPort>;
using Rules = std::vector<NetworkPolicyRule>;

inline LabelSelector with_labels(const Labels& labels) {
  LabelSelector selector;
  for (const auto& [key, value] : labels) {
    selector.requirements.push_back({.key = key, .values = {value}});
  }
  return selector;
}

// Pods of the release, by a podSelector alone.
inline PolicyPeer release_pods() {
  return {.pods = with_labels({{"app.kubernetes.io/name", "caracal"}}),
          .bound_namespaces = {{"caracal"}},
          .place = PeerScope::release,
          .origin = at(Source::kubernetes, 70, 1)};
}

// Pods outside the release: all of a namespace, or those with the labels.
inline PolicyPeer pods_in(const std::string& name, const Labels& labels = {}) {
  PolicyPeer peer{.namespaces = with_labels({{"kubernetes.io/metadata.name", name}}),
                  .bound_namespaces = {{name}},
                  .place = PeerScope::outside,
                  .origin = at(Source::kubernetes, 71, 1)};
  if (!labels.empty()) {
    peer.pods = with_labels(labels);
  }
  return peer;
}

// All pods of every namespace.
inline PolicyPeer all_pods() {
  return {.namespaces = LabelSelector{}, .origin = at(Source::kubernetes, 72, 1)};
}

// Pods of the release, if its namespace is the one that the peer names.
inline PolicyPeer undecided_pods() {
  PolicyPeer peer = pods_in("caracal", {{"app.kubernetes.io/name", "caracal"}});
  peer.place = PeerScope::undecided;
  return peer;
}

inline AddressBlock block(const std::string& text) {
  const auto parsed = parse_block(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(AddressBlock{});
}

inline AddressRange range(const std::string& cidr, const std::vector<std::string>& except = {}) {
  AddressRange result{.block = block(cidr)};
  for (const std::string& text : except) {
    result.except.push_back(block(text));
  }
  return result;
}

inline PolicyPeer addresses(const std::string& cidr, const std::vector<std::string>& except = {}) {
  return {.addresses = range(cidr, except), .origin = at(Source::kubernetes, 73, 1)};
}

inline PolicyPort port(std::uint16_t number, const std::string& protocol = "TCP") {
  return {.protocol = protocol,
          .first = number,
          .last = number,
          .origin = at(Source::kubernetes, 80, 1)};
}

inline PolicyPort ports(std::uint16_t first, std::uint16_t last,
                        const std::string& protocol = "TCP") {
  PolicyPort result = port(first, protocol);
  result.last = last;
  return result;
}

inline PolicyPort port_named(const std::string& name, const std::string& protocol = "TCP") {
  return {.protocol = protocol, .name = name, .origin = at(Source::kubernetes, 81, 1)};
}

inline PolicyPort every_port_of(const std::string& protocol) { return {.protocol = protocol}; }

inline NetworkPolicyRule rule(Peers peers, Ports entries = {}) {
  return {.peers = std::move(peers),
          .ports = std::move(entries),
          .origin = at(Source::kubernetes, 60, 5)};
}

// What the API server makes of a rule that is a peer: it drops the fields that it does not know.
inline NetworkPolicyRule bare_peer(Ports entries = {}) {
  NetworkPolicyRule result = rule({}, std::move(entries));
  result.bare_peer = true;
  return result;
}

// Rules in effect, of one policy.
class InEffect {
 public:
  explicit InEffect(Rules rules) : rules_(std::move(rules)) {
    for (const NetworkPolicyRule& one : rules_) {
      in_effect_.push_back({.policy = &policy_, .rule = &one});
    }
  }
  const std::vector<RuleInEffect>& all() const { return in_effect_; }

 private:
  NetworkPolicy policy_{.name = "caracal", .object_namespace = "caracal"};
  Rules rules_;
  std::vector<RuleInEffect> in_effect_{};
};

// A pod of the component, with the port that it serves.
inline NetworkPod pod_of(Component component) {
  NetworkPod pod{.component = component,
                 .object = "Deployment caracal-" + std::string{name_of(component)},
                 .object_namespace = "caracal",
                 .origin = at(Source::kubernetes, 30, 1)};
  if (const auto number = packaged_port(component)) {
    pod.ports = {{.name = "http", .number = *number}};
  }
  return pod;
}

inline NetworkPolicy policy_with(Rules ingress, Rules egress) {
  return {.name = "caracal",
          .object_namespace = "caracal",
          .has_ingress = true,
          .has_egress = true,
          .ingress = std::move(ingress),
          .egress = std::move(egress),
          .origin = at(Source::kubernetes, 50, 1)};
}

// Every policy selects every pod.
inline Installation network_of(std::vector<NetworkPod> pods, std::vector<NetworkPolicy> policies) {
  Installation installation = kubernetes_installation({});
  NetworkFacts& facts = installation.kubernetes.network;
  facts.policy_sets.emplace_back();
  for (std::uint32_t number = 0; number < policies.size(); ++number) {
    facts.policy_sets.back().push_back(number);
  }
  facts.policies = std::move(policies);
  facts.pods = std::move(pods);
  facts.namespaces = {{"caracal", {{"kubernetes.io/metadata.name", "caracal"}}}};
  return installation;
}

inline Installation with_ingress(Component component, Rules rules) {
  return network_of({pod_of(component)}, {policy_with(std::move(rules), {})});
}

inline Installation with_egress(Component component, Rules rules) {
  return network_of({pod_of(component)}, {policy_with({}, std::move(rules))});
}

// Another policy of the cluster, of a kind that is not read.
inline Located<std::string> cilium() {
  return {.value = "CiliumNetworkPolicy", .origin = at(Source::kubernetes, 95, 1)};
}

inline Fault unclear() {
  return {.reason = UnknownReason::unresolved_reference, .message = "the namespace is not known"};
}

// The messages of what was found, in order.
inline std::vector<std::string> messages_of(const CheckResult& result) {
  std::vector<std::string> messages;
  for (const Finding& finding : result.findings) {
    if (!finding.message.empty()) {
      messages.push_back(finding.message);
    }
  }
  return messages;
}

using Messages = std::vector<std::string>;

}  // namespace compliance::test
