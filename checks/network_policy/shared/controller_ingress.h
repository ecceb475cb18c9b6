// Whether the proxy of an Ingress or route gets through to web.
#pragma once

#include <cstdint>
#include <vector>

#include "checks/network_policy/shared/policy_rules.h"

namespace compliance {

enum class ControllerIngress : std::uint8_t {
  admitted,   // by a peer that is not one of the release's own services
  undecided,  // a peer may be such a one: the release's namespace is not known
  everybody,  // only by rules without `from`
  absent,
};

struct ControllerPath {
  ControllerIngress state = ControllerIngress::absent;
  const NetworkPolicyRule* rule = nullptr;  // that gives the state; null when absent
};

// What the rules in effect on a pod of web say of it. Which controller serves a route is not among
// the objects: any peer outside the release counts, and a proxy of the release itself. The port is
// that of facts 1.1 where the pod has it, else any that it has.
ControllerPath way_from_controller(const NetworkFacts& facts, const NetworkPod& web,
                                   const std::vector<RuleInEffect>& rules);

}  // namespace compliance
