// Whether egress rules allow what a pod needs: name resolution and https.
#pragma once

#include <cstdint>
#include <vector>

#include "checks/network_policy/shared/policy_rules.h"

namespace compliance {

// True for components that find others by name; data stores and unknown pods do not. Without DNS
// these services do not start.
bool resolves_names(Component component);

enum class DnsEgress : std::uint8_t {
  present,
  absent,
  bare_peer,  // only a misplaced peer, which the API server drops, may have been meant for it
};

// Whether egress to a name server is open, and where a misplaced peer stands.
struct DnsEgressPath {
  DnsEgress state = DnsEgress::absent;
  Origin origin{};  // of the misplaced peer
};
// Whether a rule leads to a name server: one for port 53 (or 5353, or a port whose name begins with
// dns) over UDP to something that is not the release itself, or one for every port to addresses or
// to where clusters run their name servers.
DnsEgressPath dns_egress_of(const std::vector<RuleInEffect>& rules);

// Whether a rule leads over TCP to a port of https outside the release: 443, and within the
// cluster 8443 or a port that is named https, since rules see the pod's own port there.
bool reaches_https(const std::vector<RuleInEffect>& rules);

}  // namespace compliance
