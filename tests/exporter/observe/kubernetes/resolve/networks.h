// A release in namespace "caracal" and policies for it, and what linking makes of them.
#pragma once

#include <string>
#include <vector>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test {

// A Deployment of the release "c" whose pods have the label `tier` as well.
inline std::string release_workload(const std::string& name, const std::string& tier = "x",
                                    const std::string& container = "") {
  const std::string labels =
      "labels: {app.kubernetes.io/name: caracal, app.kubernetes.io/instance: c, tier: " + tier +
      "}";
  return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: " + name +
         ", namespace: caracal, " + labels + "},\n spec: {template: {metadata: {" + labels +
         "}, spec: {containers: [{name: " + name + ", " + container + "}]}}}}\n---\n";
}

inline std::string policy_object(const std::string& spec, const std::string& name = "np",
                                 const std::string& ns = "namespace: caracal") {
  return "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: " + name + ", " +
         ns + "},\n spec: {" + spec + "}}\n---\n";
}

inline std::string namespace_object(const std::string& name, const std::string& labels = "") {
  return "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + ", labels: {" + labels +
         "}}}\n---\n";
}

inline NetworkFacts network_of(const std::string& text,
                               const kubernetes::KubernetesOptions& options = {}) {
  return facts_of(text, options).network;
}

// The policy of that spec, as it is linked to a release with one pod, "api".
inline NetworkPolicy policy_of(const std::string& spec) {
  const NetworkFacts facts = network_of(release_workload("api") + policy_object(spec));
  EXPECT_EQ(facts.policies.size(), 1U);
  return facts.policies.empty() ? NetworkPolicy{} : facts.policies.front();
}

// The only peer of the only ingress rule of a policy among the objects.
inline PolicyPeer peer_among(const std::string& objects, const std::string& peer,
                             const kubernetes::KubernetesOptions& options = {}) {
  const NetworkFacts facts = network_of(
      objects + policy_object("podSelector: {}, ingress: [{from: [" + peer + "]}]"), options);
  const bool one = facts.policies.size() == 1 && facts.policies[0].ingress.size() == 1 &&
                   facts.policies[0].ingress[0].peers.size() == 1;
  EXPECT_TRUE(one) << peer;
  return one ? facts.policies[0].ingress[0].peers[0] : PolicyPeer{};
}

}  // namespace compliance::test
