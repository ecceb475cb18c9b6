// Finds which NetworkPolicies of all files select which pods of the release.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "checks/facts/container.h"
#include "checks/facts/network_policy.h"
#include "exporter/observe/kubernetes/resolve/peer_scope.h"
#include "exporter/observe/kubernetes/resolve/selection.h"
#include "exporter/observe/kubernetes/resolve/store_index.h"

namespace compliance::kubernetes {

// Takes the workloads of the release, then decides about all policies. The work grows with the
// objects and with the pairs of policies and pods that belong together, not with all pairs. Used by
// one thread; the arguments of the constructor outlive it.
class NetworkResolver {
 public:
  // Foreign workloads are known from the start: they say which peers are not the release's alone.
  NetworkResolver(const std::vector<const Objects*>& files, const Selection& selection,
                  const StoreIndex& stores);

  // A workload of the release in the namespace `ns`, with its containers as they are known by then.
  // It has to outlive the resolver.
  void add(const Workload& workload, const std::string& ns, std::span<const Container> containers);

  // To be called once, after the last workload.
  NetworkFacts take();

 private:
  std::string key_of(const UnresolvedNetworkPolicy& open) const;
  void add_policy(const UnresolvedNetworkPolicy& open);
  void decide_peers(std::vector<NetworkPolicyRule>& rules, const std::string& ns) const;
  void note_unknown_namespace(const UnresolvedNetworkPolicy& open, const std::string& ns);
  // Notes for each pod a policy of another kind that may select it.
  void set_other_policies();
  // Pods with the same policies share one list: a release has few different ones.
  void set_policy_sets();
  void note_unread_policies();

  const std::vector<const Objects*>& files_;
  const StoreIndex& stores_;
  NamespaceIndex namespaces_;
  KnownPods known_{};
  PeerScopeResolver places_{known_, namespaces_};
  std::vector<std::vector<std::uint32_t>> policies_of_{};  // by number of the pod
  NetworkFacts facts_{};
};

}  // namespace compliance::kubernetes
