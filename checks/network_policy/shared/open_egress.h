// Finds egress to every destination: rules without one, or whose address blocks leave nothing out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "checks/network_policy/shared/policy_rules.h"

namespace compliance {

// How bad a port is that is open to every destination.
enum class OpenPort : std::uint8_t {
  accepted,   // a single TCP port, such as the packaged chart opens for its data stores
  dns,        // port 53
  https,      // port 443
  forbidden,  // every port, a range, or a port that leads anywhere
};

// One port, or several, on which every destination may be reached.
struct OpenEgress {
  OpenPort kind = OpenPort::forbidden;
  PolicyPort port{};  // with `first` 0 and no protocol: every port
  std::string policy{};
  bool bare_peer = false;  // the rule is what is left of a misplaced peer
  Origin origin{};
};

// Everything of that kind that the rules leave open: each port of a rule that goes everywhere, then
// ports on which rules with address blocks go everywhere together.
std::vector<OpenEgress> open_egress(const std::vector<RuleInEffect>& rules);

// The packaged rule opens four ports to every destination (two data stores, two of telemetry); as
// many are tolerated as leave room for two more. Source: FACTS.md 5.5.
inline constexpr std::size_t max_accepted_ports = 6;

// How many different ports are open as `accepted`.
std::size_t accepted_ports(const std::vector<OpenEgress>& all);

// "every port", "TCP port 443".
std::string describe_ports(const OpenEgress& open);

}  // namespace compliance
