// NetworkPolicies and pods of all files -> which policies select which pods of the release.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "checks/subject/container.h"
#include "checks/subject/network_policy.h"
#include "exporter/observe/kubernetes/peer_place.h"
#include "exporter/observe/kubernetes/selection.h"
#include "exporter/observe/kubernetes/store_index.h"

namespace compliance::kubernetes {

// The work grows with the objects and with the pairs of policies and pods that belong together,
// not with all pairs.
class NetworkLinker {
 public:
  NetworkLinker(const std::vector<const Objects*>& files, const Selection& selection,
                const StoreIndex& stores);

  // A workload of the release in the namespace `in`, with its containers as they are known by then.
  // It has to outlive the linker.
  void add(const Workload& workload, const std::string& in, std::span<const Container> containers);

  // To be called once, after the last workload.
  NetworkFacts take();

 private:
  std::string key_of(const OpenNetworkPolicy& open) const;
  void add_policy(const OpenNetworkPolicy& open);
  void decide_peers(std::vector<PolicyRule>& rules, const std::string& in) const;
  void note_unknown_namespace(const OpenNetworkPolicy& open, const std::string& in);
  void set_other_policies();
  void set_policy_sets();

  const std::vector<const Objects*>& files_;
  const StoreIndex& stores_;
  NamespaceIndex namespaces_;
  KnownPods known_{};
  PeerPlaces places_{known_, namespaces_};
  std::vector<std::vector<std::uint32_t>> policies_of_{};  // by number of the pod
  NetworkFacts facts_{};
};

}  // namespace compliance::kubernetes
