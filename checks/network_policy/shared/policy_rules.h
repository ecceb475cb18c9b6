// The rules of NetworkPolicies in effect on a pod. Policies are additive: a connection that one
// rule of one of them admits is admitted.
#pragma once

#include <string>
#include <vector>

#include "checks/facts/network_policy.h"

namespace compliance {

// A rule of a policy that selects a pod; both live as long as the facts.
struct RuleInEffect {
  const NetworkPolicy* policy = nullptr;
  const NetworkPolicyRule* rule = nullptr;
};

// True when a policy selects the pod for that direction: only then are there limits at all.
bool is_selected(const NetworkFacts& facts, const NetworkPod& pod, PolicyDirection direction);

// The rules of those policies, in the order of the policies.
std::vector<RuleInEffect> rules_in_effect(const NetworkFacts& facts, const NetworkPod& pod,
                                          PolicyDirection direction);

// True when the entry is for that port of the pod that receives, by number or by name.
bool includes(const PolicyPort& entry, const PodPort& port);
// True when one of its entries is, or when it has none.
bool includes(const NetworkPolicyRule& rule, const PodPort& port);

// True when the rule names no ports, or one that the pod has.
bool counts_for(const NetworkPolicyRule& rule, const NetworkPod& pod);

// True when the entry is for all ports of its protocol. A range from 1 to 65535 is too.
bool is_every_port(const PolicyPort& entry);
// True when the rule has such an entry, or no entries at all.
bool has_every_port(const NetworkPolicyRule& rule);

// The pod at the other end of a connection.
struct OtherPod {
  std::string object_namespace{};
  Labels namespace_labels{};
  Labels labels{};
};

// True when the peer is an address block that holds the address, exceptions apart.
bool admits(const PolicyPeer& peer, const Address& address);
// True when the peer, in a policy of the namespace `ns`, selects that pod.
bool admits(const PolicyPeer& peer, const std::string& ns, const OtherPod& pod);

// True when one of the rule's peers is in that scope. A rule without peers, which admits every
// source, has none.
bool has_peer(const NetworkPolicyRule& rule, PeerScope place);

// The fault of a peer whose scope is undecided.
Fault unknown_namespace();

// For verdicts. Names of namespaces are shown, labels are not.
std::string describe(PolicyDirection direction);  // as policyTypes has it
std::string describe(const PolicyPeer& peer);
std::string describe(const PolicyPort& port);
std::string describe_ports(
    const NetworkPolicyRule& rule);  // "every port", "TCP port 3002 and 1 more"

// The address blocks among the peers of the rule.
std::vector<AddressRange> ranges_of(const NetworkPolicyRule& rule);

}  // namespace compliance
