// Who may reach a pod past its release.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/network_policy/shared/policy_rules.h"

namespace compliance {

// A way in that is too wide, or one that cannot be judged.
struct IngressPath {
  std::string message{};
  std::optional<Fault> fault{};
  Origin origin{};
};

// Rules for everybody and address blocks that leave nothing out, on ports of a pod that is not
// public; and on any pod, sources outside the release to which every port of a protocol is open.
std::vector<IngressPath> overly_broad_ingress(const std::vector<RuleInEffect>& rules,
                                              const NetworkPod& pod, bool pod_is_public);

// Sources outside the release that allowed_ingress does not name for the pod and the ports of it
// that a rule is for.
std::vector<IngressPath> undeclared_ways_in(const std::vector<RuleInEffect>& rules,
                                            const NetworkPod& pod,
                                            const std::vector<AllowedIngress>& allowed);

}  // namespace compliance
