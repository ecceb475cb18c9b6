// Finds which NetworkPolicies of all files select which pods of the release.
#include "exporter/observe/kubernetes/resolve/resolve_network.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "checks/caracal/served_port.h"
#include "exporter/observe/kubernetes/resolve/unreadable.h"

namespace compliance::kubernetes {
namespace {

bool is_own(const Container& container) {
  return container.role == ContainerRole::main && !container.injected;
}

// A pod is what its main container is; a sidecar says nothing.
Component component_of(std::span<const Container> containers) {
  for (const Container& container : containers) {
    if (is_own(container) && container.component != Component::other) {
      return container.component;
    }
  }
  return Component::other;
}

// The port that a service listens on; the packaged one where PORT cannot be known.
std::optional<std::uint16_t> listening_port(const Container& container) {
  const auto served = served_port(container);
  return served.value ? served.value : packaged_port(container.component);
}

// Caracal's services speak TCP alone.
bool has_port(const std::vector<PodPort>& ports, std::uint16_t number) {
  return std::any_of(ports.begin(), ports.end(), [number](const PodPort& port) {
    return port.number == number && port.protocol == "TCP";
  });
}

// What the containers declare; a port that nobody declares is served all the same.
std::vector<PodPort> ports_of(std::span<const Container> containers) {
  std::vector<PodPort> ports;
  for (const Container& container : containers) {
    for (const DeclaredPort& port : container.declared_ports) {
      ports.push_back({.name = port.name, .number = port.number, .protocol = port.protocol});
    }
  }
  for (const Container& container : containers) {
    const auto listening = is_own(container) ? listening_port(container) : std::nullopt;
    if (listening && !has_port(ports, *listening)) {
      ports.push_back({.number = *listening});
    }
  }
  return ports;
}

}  // namespace

// Two policies with one key are the same object.
std::string NetworkResolver::key_of(const UnresolvedNetworkPolicy& open) const {
  return index_key(stores_.namespace_of(open.metadata.object_namespace), open.metadata.name);
}

NetworkResolver::NetworkResolver(const std::vector<const Objects*>& files,
                                 const Selection& selection, const StoreIndex& stores)
    : files_(files), stores_(stores), namespaces_(files) {
  known_.labelled = selection.labelled;
  known_.instance = selection.instance;
  for (const Workload* workload : selection.foreign_workloads) {
    known_.foreign.add(stores.namespace_of(workload->metadata.object_namespace),
                       pod_labels_of(*workload));
  }
}

void NetworkResolver::add(const Workload& workload, const std::string& ns,
                          std::span<const Container> containers) {
  known_.namespaces.insert(ns);
  // The numbers of pods in the index are those of facts_.pods: both grow together.
  known_.release.add(ns, pod_labels_of(workload));
  facts_.pods.push_back({.component = component_of(containers),
                         .object = workload.metadata.kind + " " + workload.metadata.name,
                         .object_namespace = ns,
                         .labels = pod_labels_of(workload),
                         .ports = ports_of(containers),
                         .origin = workload.metadata.origin});
}

void NetworkResolver::decide_peers(std::vector<NetworkPolicyRule>& rules,
                                   const std::string& ns) const {
  for (NetworkPolicyRule& rule : rules) {
    for (PolicyPeer& peer : rule.peers) {
      places_.decide(peer, ns);
    }
  }
}

// Policies that select no pod of the release have no effect on it and become no facts.
void NetworkResolver::add_policy(const UnresolvedNetworkPolicy& open) {
  const std::string& ns = stores_.namespace_of(open.metadata.object_namespace);
  note_unknown_namespace(open, ns);
  const std::vector<std::uint32_t> pods = known_.release.selected(ns, open.policy.pods);
  if (pods.empty()) {
    return;
  }
  const auto number = static_cast<std::uint32_t>(facts_.policies.size());
  NetworkPolicy& policy = facts_.policies.emplace_back(open.policy);
  policy.object_namespace = ns;
  decide_peers(policy.ingress, ns);
  decide_peers(policy.egress, ns);
  for (const std::uint32_t pod : pods) {
    policies_of_[pod].push_back(number);
  }
}

// A pod of unknown namespace may be in that of a policy which selects pods of its labels, and the
// other way round.
void NetworkResolver::note_unknown_namespace(const UnresolvedNetworkPolicy& open,
                                             const std::string& ns) {
  for (const std::string& other : known_.namespaces) {
    if (other.empty() == ns.empty()) {
      continue;
    }
    for (const std::uint32_t pod : known_.release.selected(other, open.policy.pods)) {
      facts_.pods[pod].fault =
          Fault{.reason = UnknownReason::unresolved_reference,
                .message = "NetworkPolicy " + open.metadata.name +
                           " may select its pods, but the namespace of one of the two is not "
                           "known: say it with kubernetes.namespace"};
    }
  }
}

// One is enough to make the pod's policies undecided. A pod of unknown namespace may be in any of
// theirs.
void NetworkResolver::set_other_policies() {
  // Without a namespace: one of the whole cluster.
  std::unordered_map<std::optional<std::string>, Located<std::string>> policies;
  for (const Objects* file : files_) {
    for (const OtherPolicy& other : file->content().other_policies) {
      const Metadata& metadata = other.metadata;
      const auto ns = other.cluster_wide
                          ? std::nullopt
                          : std::optional{stores_.namespace_of(metadata.object_namespace)};
      policies.emplace(ns, Located<std::string>{.value = metadata.kind, .origin = metadata.origin});
    }
  }
  for (NetworkPod& pod : facts_.pods) {
    auto found = policies.find(pod.object_namespace);
    if (found == policies.end()) {
      found = policies.find(std::nullopt);
    }
    if (found == policies.end() && pod.object_namespace.empty()) {
      found = policies.begin();
    }
    if (found != policies.end()) {
      pod.other_policy = found->second;
    }
  }
}

// Of an unreadable policy it cannot be told which pods of its namespace it selects. An unknown
// namespace may be any.
void NetworkResolver::note_unread_policies() {
  const auto unread = unreadable_by(files_, {"NetworkPolicy"}, [this](const Metadata& metadata) {
    return stores_.namespace_of(metadata.object_namespace);
  });
  for (NetworkPod& pod : facts_.pods) {
    auto found = unread.find(pod.object_namespace);
    if (found == unread.end()) {
      found = pod.object_namespace.empty() ? unread.begin() : unread.find("");
    }
    if (found != unread.end()) {
      const UnreadableObject& policy = *found->second;
      pod.unread_policy =
          Fault{.reason = policy.fault.reason,
                .message = "NetworkPolicy " + policy.metadata.name +
                           " may select its pods, but cannot be read: " + policy.fault.message};
    }
  }
}

void NetworkResolver::set_policy_sets() {
  std::map<std::vector<std::uint32_t>, std::size_t> known;
  for (std::size_t pod = 0; pod < facts_.pods.size(); ++pod) {
    const auto [entry, is_new] = known.emplace(policies_of_[pod], facts_.policy_sets.size());
    if (is_new) {
      facts_.policy_sets.push_back(policies_of_[pod]);
    }
    facts_.pods[pod].policy_set = entry->second;
  }
}

// Of several policies of one name the last one counts, as if applied in order.
NetworkFacts NetworkResolver::take() {
  policies_of_.resize(facts_.pods.size());
  std::unordered_map<std::string, const UnresolvedNetworkPolicy*> last;
  std::vector<const UnresolvedNetworkPolicy*> all;
  for (const Objects* file : files_) {
    for (const UnresolvedNetworkPolicy& open : file->content().policies) {
      last[key_of(open)] = &open;
      all.push_back(&open);
    }
  }
  // A second pass keeps the order of the files.
  for (const UnresolvedNetworkPolicy* open : all) {
    if (last[key_of(*open)] == open) {
      add_policy(*open);
    }
  }
  for (const std::string& name : known_.namespaces) {
    facts_.namespaces.emplace(name, namespaces_.labels_of(name));
  }
  set_other_policies();
  note_unread_policies();
  set_policy_sets();
  return std::move(facts_);
}

}  // namespace compliance::kubernetes
