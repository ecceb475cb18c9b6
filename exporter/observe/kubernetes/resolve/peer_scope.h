// Where the peers of NetworkPolicies are: among the release's own pods or outside.
#pragma once

#include <set>
#include <string>

#include "checks/facts/network_policy.h"
#include "exporter/observe/kubernetes/resolve/namespaces.h"
#include "exporter/observe/kubernetes/resolve/pod_index.h"

namespace compliance::kubernetes {

// What is known of pods and namespaces; all of it outlives the judge.
struct KnownPods {
  PodIndex release{};
  PodIndex foreign{};                  // workloads among the files that are not the release's
  std::set<std::string> namespaces{};  // of the release; "" where it is not known
  bool labelled = false;               // the release's pods carry app.kubernetes.io/name
  std::string instance{};              // app.kubernetes.io/instance of the release, if any
};

class PeerScopeResolver {
 public:
  PeerScopeResolver(const KnownPods& pods, const NamespaceIndex& namespaces)
      : pods_(pods), namespaces_(namespaces) {}

  // Sets bound_namespaces and place of a peer in a policy of the namespace `in`.
  //
  // A peer is the release's when it is bound to the release's namespaces, and demands either the
  // labels that name the release, or others that its pods have and no other pod among the files.
  void decide(PolicyPeer& peer, const std::string& in) const;

 private:
  std::optional<std::vector<std::string>> bound_to(const PolicyPeer& peer,
                                                   const std::string& in) const;
  bool could_be(const std::string& name, const LabelSelector& selector) const;
  bool demands_identity(const LabelSelector& selector) const;
  bool selects_release_only(const std::string& in, const LabelSelector& selector) const;
  PeerScope scope_of(const PolicyPeer& peer) const;

  const KnownPods& pods_;
  const NamespaceIndex& namespaces_;
};

}  // namespace compliance::kubernetes
