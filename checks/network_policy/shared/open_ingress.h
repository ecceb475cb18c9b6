// Finds the sources outside the release that policies admit to a pod.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/network_policy/shared/policy_rules.h"

namespace compliance {

// An overly broad path to a pod, or one that cannot be decided: then `fault` says why.
struct IngressPath {
  std::string message{};
  std::optional<Fault> fault{};
  Origin origin{};
};

// Rules without sources and address blocks that leave nothing out, on ports of a pod that is not
// public; and on any pod, sources outside the release to which every port of a protocol is open.
std::vector<IngressPath> overly_broad_ingress(const std::vector<RuleInEffect>& rules,
                                              const NetworkPod& pod, bool pod_is_public);

// Sources outside the release that allowed_ingress does not list for the pod and the ports that a
// rule opens on it.
std::vector<IngressPath> undeclared_ingress(const std::vector<RuleInEffect>& rules,
                                            const NetworkPod& pod,
                                            const std::vector<AllowedIngress>& allowed);

}  // namespace compliance
