// Finds egress to every destination.
#include "checks/network_policy/shared/open_egress.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "checks/formats/address_set.h"

namespace compliance {
namespace {

// Ports that lead anywhere when every destination is open.
constexpr std::uint16_t ssh_port = 22;
constexpr std::uint16_t dns_port = 53;
constexpr std::uint16_t http_port = 80;
constexpr std::uint16_t https_port = 443;

constexpr std::uint16_t last_port = 65535;

// A named port matches only pods, at whatever number they give it; these names stand for their
// usual numbers.
std::uint16_t number_of(const PolicyPort& port) {
  constexpr std::array<std::pair<std::string_view, std::uint16_t>, 6> usual{{{"dns", dns_port},
                                                                             {"dns-tcp", dns_port},
                                                                             {"domain", dns_port},
                                                                             {"https", https_port},
                                                                             {"http", http_port},
                                                                             {"ssh", ssh_port}}};
  const auto* const found =
      std::find_if(usual.begin(), usual.end(),
                   [&port](const auto& candidate) { return candidate.first == port.name; });
  return found == usual.end() ? port.first : found->second;
}

// UDP and SCTP to everywhere are never among the packaged ports; UDP only for DNS and QUIC (443).
// 80 and 22 carry data out as easily as any protocol can.
OpenPort kind_of(const PolicyPort& port) {
  const bool single = !port.name.empty() || (port.first != 0 && port.first == port.last);
  if (!single || port.protocol == "SCTP") {
    return OpenPort::forbidden;
  }
  switch (number_of(port)) {
    case dns_port:
      return OpenPort::dns;
    case https_port:
      return OpenPort::https;
    case http_port:
    case ssh_port:
      return OpenPort::forbidden;
    default:
      return port.protocol == "TCP" ? OpenPort::accepted : OpenPort::forbidden;
  }
}

// All public addresses are enough: leaving out the private ones narrows nothing that matters.
bool goes_everywhere(const NetworkPolicyRule& rule) {
  return rule.peers.empty() || cover_public_internet(ranges_of(rule));
}

// Of a single rule: one entry for each of its ports, or one for every port.
void add_ports(const RuleInEffect& in_effect, std::vector<OpenEgress>& to) {
  const NetworkPolicyRule& rule = *in_effect.rule;
  const OpenEgress open{
      .policy = in_effect.policy->name, .bare_peer = rule.bare_peer, .origin = rule.origin};
  if (rule.ports.empty()) {
    to.push_back(open);
    to.back().port.protocol.clear();
  }
  for (const PolicyPort& port : rule.ports) {
    to.push_back(open);
    to.back().kind = kind_of(port);
    to.back().port = port;
    to.back().origin = port.origin;
  }
}

// First and last port of an entry, or of a rule without ports.
using Span = std::pair<std::uint32_t, std::uint32_t>;

// Both ends included. An entry without number is every port.
Span span_of(const PolicyPort& port) {
  return port.first == 0 ? Span{1, last_port} : Span{port.first, port.last};
}

// Named ports match pods alone, and address blocks are about no pods.
std::vector<Span> spans_of(const NetworkPolicyRule& rule, std::string_view protocol) {
  std::vector<Span> spans;
  if (rule.ports.empty()) {
    spans.emplace_back(1, last_port);
  }
  for (const PolicyPort& port : rule.ports) {
    if (port.protocol == protocol && port.name.empty()) {
      spans.push_back(span_of(port));
    }
  }
  return spans;
}

// Rules whose address blocks may go everywhere only together, for one protocol. Walks along the
// borders of their spans: between two of them each rule is for every port or for none.
class JointRules {
 public:
  JointRules(const std::vector<RuleInEffect>& rules, std::string protocol)
      : rules_(rules), protocol_(std::move(protocol)) {
    for (std::size_t number = 0; number < rules.size(); ++number) {
      for (const Span& span : spans_of(*rules[number].rule, protocol_)) {
        borders_[span.first].begins.push_back(number);
        borders_[span.second + 1].ends.push_back(number);
      }
    }
  }

  void add_open_ports(std::vector<OpenEgress>& to) const {
    // A rule may list overlapping spans, so it can be active more than once.
    std::multiset<std::size_t> active;
    for (auto border = borders_.begin(); border != borders_.end(); ++border) {
      for (const std::size_t number : border->second.begins) {
        active.insert(number);
      }
      for (const std::size_t number : border->second.ends) {
        active.erase(active.find(number));
      }
      if (leave_nothing_out(active)) {
        to.push_back(open(border->first, std::next(border)->first - 1, rules_[*active.begin()]));
      }
    }
  }

 private:
  struct Border {
    std::vector<std::size_t> begins{};
    std::vector<std::size_t> ends{};
  };

  bool leave_nothing_out(const std::multiset<std::size_t>& active) const {
    std::vector<AddressRange> ranges;
    for (const std::size_t number : active) {
      const auto own = ranges_of(*rules_[number].rule);
      ranges.insert(ranges.end(), own.begin(), own.end());
    }
    return cover_public_internet(ranges);
  }

  OpenEgress open(std::uint32_t first, std::uint32_t last, const RuleInEffect& rule) const {
    const PolicyPort port{.protocol = protocol_,
                          .first = static_cast<std::uint16_t>(first),
                          .last = static_cast<std::uint16_t>(last)};
    return {.kind = kind_of(port),
            .port = port,
            .policy = rule.policy->name,
            .origin = rule.rule->origin};
  }

  const std::vector<RuleInEffect>& rules_;
  std::string protocol_;
  std::map<std::uint32_t, Border> borders_{};
};

}  // namespace

// One port that several policies open is one port.
std::size_t accepted_ports(const std::vector<OpenEgress>& all) {
  std::set<std::pair<std::string, std::uint16_t>> ports;
  for (const OpenEgress& open : all) {
    if (open.kind == OpenPort::accepted) {
      ports.emplace(open.port.name, open.port.first);
    }
  }
  return ports.size();
}

std::string describe_ports(const OpenEgress& open) {
  return open.port.protocol.empty() ? "every port" : describe(open.port);
}

std::vector<OpenEgress> open_egress(const std::vector<RuleInEffect>& rules) {
  std::vector<OpenEgress> open;
  std::vector<RuleInEffect> joint;
  for (const RuleInEffect& in_effect : rules) {
    if (goes_everywhere(*in_effect.rule)) {
      add_ports(in_effect, open);
    } else if (!ranges_of(*in_effect.rule).empty()) {
      joint.push_back(in_effect);
    }
  }
  // Each protocol has borders of its own. Named ports never join: blocks are about no pods.
  for (const char* protocol : {"TCP", "UDP", "SCTP"}) {
    JointRules{joint, protocol}.add_open_ports(open);
  }
  return open;
}

}  // namespace compliance
