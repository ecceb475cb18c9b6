// Which pods the NetworkPolicies select, and whom they admit.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/component.h"
#include "checks/facts/fact.h"
#include "checks/facts/label_selector.h"
#include "checks/formats/address.h"

namespace compliance {

// The two policy types of Kubernetes. A direction that no policy of a pod has is open.
enum class PolicyDirection : std::uint8_t { ingress, egress };

// Where the pods or addresses of a peer are.
enum class PeerScope : std::uint8_t {
  release,    // every pod that it can select is one of the release's
  outside,    // it can select others too, or is an address block
  undecided,  // the release's own namespace is not known
};

// One entry of `from` or `to`: an address range, or pods by namespace and labels.
struct PolicyPeer {
  std::optional<AddressRange> addresses{};
  std::optional<LabelSelector> namespaces{};  // null: the policy's own namespace
  std::optional<LabelSelector> pods{};        // null: all pods
  // The names of the namespaces that it is bound to; nothing when any namespace may be selected.
  std::optional<std::vector<std::string>> bound_namespaces{};
  PeerScope place = PeerScope::outside;
  Origin origin{};

  // By the stated selectors and what they were resolved to.
  bool operator==(const PolicyPeer&) const = default;
};

// One entry of `ports`: a number, a range, a name, or all ports of the protocol (`first` is 0 and
// `name` empty). A name is one of a port that the receiving pod declares.
struct PolicyPort {
  std::string protocol = "TCP";  // TCP, UDP or SCTP
  std::uint16_t first = 0;
  std::uint16_t last = 0;
  std::string name{};
  Origin origin{};

  // A name differs from the number that it stands for.
  bool operator==(const PolicyPort&) const = default;
};

// One entry of `ingress` or `egress`, as the API server stores it.
struct NetworkPolicyRule {
  std::vector<PolicyPeer> peers{};  // empty: everybody
  std::vector<PolicyPort> ports{};  // empty: every port
  // A peer was written where the rule should stand: its fields are unknown there and dropped.
  bool bare_peer = false;
  Origin origin{};

  // An empty list (everybody, every port) differs from any list.
  bool operator==(const NetworkPolicyRule&) const = default;
};

// One NetworkPolicy in effect. Policies only ever add permissions: one that opens everything makes
// the others moot (FACTS.md T71).
struct NetworkPolicy {
  std::string name{};
  std::string object_namespace{};
  LabelSelector pods{};
  bool has_ingress = false;  // the directions that it is for, after defaulting
  bool has_egress = false;
  std::vector<NetworkPolicyRule> ingress{};
  std::vector<NetworkPolicyRule> egress{};
  Origin origin{};

  // By the stored form, after the defaulting of policyTypes.
  bool operator==(const NetworkPolicy&) const = default;
};

// A port that a pod serves.
struct PodPort {
  std::string name{};
  std::uint16_t number = 0;
  std::string protocol = "TCP";

  // By name, then number, then protocol: an order for sets, of no other meaning.
  auto operator<=>(const PodPort&) const = default;  // NOLINT(modernize-use-nullptr): none there
};

// The pods of one workload of the release.
struct NetworkPod {
  Component component = Component::other;
  std::string object{};  // "Deployment caracal-api"
  std::string object_namespace{};
  Labels labels{};
  std::vector<PodPort> ports{};  // what its containers declare, or else serve
  std::size_t policy_set = 0;    // in NetworkFacts
  // A policy of another kind (Cilium, Calico, AdminNetworkPolicy) that may select it.
  std::optional<Located<std::string>> other_policy{};
  // A NetworkPolicy of its namespace that could not be read, and may select it.
  std::optional<Fault> unread_policy{};
  // Why it cannot be told which policies select it.
  std::optional<Fault> fault{};
  Origin origin{};

  // With the number of its policy set, which is only comparable within one NetworkFacts.
  bool operator==(const NetworkPod&) const = default;
};

// Every policy is there once, whatever the number of pods that it selects. Shared sets keep the
// facts linear in the objects where many policies select many pods.
struct NetworkFacts {
  std::vector<NetworkPolicy> policies{};
  // Numbers of the policies that select a pod; pods selected by the same ones share an entry.
  std::vector<std::vector<std::uint32_t>> policy_sets{};
  std::vector<NetworkPod> pods{};
  std::map<std::string, Labels> namespaces{};  // labels of the release's namespaces, by name

  // By numbers into its own lists, which are part of it.
  bool operator==(const NetworkFacts&) const = default;
};

// Peers outside the release that the operator wants to reach components that are not public, such
// as a scraper or this exporter (FACTS.md T75).
struct AllowedIngress {
  std::optional<AddressBlock> block{};  // else pods of the namespace that have the labels
  std::string object_namespace{};
  Labels pods{};
  std::vector<Component> components{};  // empty: all
  std::vector<std::uint16_t> ports{};   // empty: all

  // By what the configuration says, entry by entry.
  bool operator==(const AllowedIngress&) const = default;
};

}  // namespace compliance
