// Decides whether the peers of NetworkPolicies are the release's own pods or others too.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/facts/label_selector.h"
#include "checks/facts/network_policy.h"
#include "exporter/observe/kubernetes/resolve/namespaces.h"

namespace compliance::kubernetes {

// Pods by namespace and label. The label index of policies: unlike LabelIndex it also narrows the
// choice by requirements with several values.
class PodIndex {
 public:
  // Adds a pod; returns its number, which counts from 0. The labels must outlive the index.
  std::uint32_t add(const std::string& ns, const Labels& labels);

  // Numbers of the pods in that namespace which the selector matches, in no order, each once.
  std::vector<std::uint32_t> selected(const std::string& ns, const LabelSelector& selector) const;

  // True when there is such a pod.
  bool selects_any(const std::string& ns, const LabelSelector& selector) const;

  // True when for each value of the requirement a pod in that namespace has it.
  bool has_each_value(const std::string& ns, const LabelRequirement& requirement) const;

 private:
  using Numbers = std::vector<std::uint32_t>;

  std::vector<const Numbers*> candidates(const std::string& ns,
                                         const LabelRequirement& requirement) const;
  std::vector<const Numbers*> candidates(const std::string& ns,
                                         const LabelSelector& selector) const;

  std::vector<const Labels*> labels_{};
  std::unordered_map<std::string, Numbers> by_namespace_{};
  std::unordered_map<std::string, Numbers> by_label_{};
};

// The pods and namespaces that are known; all of it outlives the resolver.
struct KnownPods {
  PodIndex release{};
  PodIndex foreign{};                  // workloads among the files that are not the release's
  std::set<std::string> namespaces{};  // of the release; "" where it is not known
  bool labelled = false;               // the release's pods carry app.kubernetes.io/name
  std::string instance{};              // app.kubernetes.io/instance of the release, if any
};

// Decides about peers once all pods are known. A peer that other software could match as well lies
// outside: what is not certain is not taken for the release's.
class PeerScopeResolver {
 public:
  PeerScopeResolver(const KnownPods& pods, const NamespaceIndex& namespaces)
      : pods_(pods), namespaces_(namespaces) {}

  // Sets bound_namespaces and place of a peer in a policy of the namespace `ns`.
  //
  // A peer is the release's when it is bound to the release's namespaces, and demands either the
  // labels that name the release, or others that its pods have and no other pod among the files.
  void decide(PolicyPeer& peer, const std::string& ns) const;

 private:
  // The namespaces that the peer can be in; nothing when it may be in any.
  std::optional<std::vector<std::string>> bound_to(const PolicyPeer& peer,
                                                   const std::string& ns) const;
  bool could_be(const std::string& name, const LabelSelector& selector) const;
  bool demands_identity(const LabelSelector& selector) const;
  bool selects_release_only(const std::string& ns, const LabelSelector& selector) const;
  PeerScope scope_of(const PolicyPeer& peer) const;

  const KnownPods& pods_;
  const NamespaceIndex& namespaces_;
};

}  // namespace compliance::kubernetes
