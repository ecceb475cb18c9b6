// Egress to everywhere.
#include "checks/subject/open_egress.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "checks/subject/address_set.h"

namespace compliance {
namespace {

constexpr std::uint16_t dns_port = 53;
constexpr std::uint16_t https_port = 443;
constexpr std::uint16_t last_port = 65535;

// Ports by which one gets anywhere: shells and the plain web. Source: checks.md.
constexpr std::array<std::uint16_t, 2> forbidden_ports{22, 80};

OpenPort kind_of(const PolicyPort& port) {
  const bool single = !port.name.empty() || (port.first != 0 && port.first == port.last);
  if (!single || port.protocol == "SCTP") {
    return OpenPort::forbidden;
  }
  if (port.name.empty() && port.first == dns_port) {
    return OpenPort::dns;
  }
  if (port.name.empty() && port.first == https_port) {
    return OpenPort::https;
  }
  const bool allowed = port.protocol == "TCP" &&
                       std::find(forbidden_ports.begin(), forbidden_ports.end(), port.first) ==
                           forbidden_ports.end();
  return allowed ? OpenPort::accepted : OpenPort::forbidden;
}

std::vector<AddressRange> ranges_of(const PolicyRule& rule) {
  std::vector<AddressRange> ranges;
  for (const PolicyPeer& peer : rule.peers) {
    if (peer.addresses) {
      ranges.push_back(*peer.addresses);
    }
  }
  return ranges;
}

bool goes_everywhere(const PolicyRule& rule) {
  return rule.peers.empty() || cover_public_internet(ranges_of(rule));
}

void add_ports(const RuleInEffect& in_effect, std::vector<OpenEgress>& to) {
  const PolicyRule& rule = *in_effect.rule;
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

Span span_of(const PolicyPort& port) {
  return port.first == 0 ? Span{1, last_port} : Span{port.first, port.last};
}

std::vector<Span> spans_of(const PolicyRule& rule, std::string_view protocol) {
  std::vector<Span> spans;
  if (rule.ports.empty()) {
    spans.push_back({1, last_port});
  }
  for (const PolicyPort& port : rule.ports) {
    if (port.protocol == protocol && port.name.empty()) {
      spans.push_back(span_of(port));
    }
  }
  return spans;
}

// Rules whose address blocks may go everywhere only together.
class JointRules {
 public:
  explicit JointRules(std::vector<RuleInEffect> rules) : rules_(std::move(rules)) {}

  std::vector<OpenEgress> open_ports() const {
    std::vector<AddressRange> all;
    for (const RuleInEffect& in_effect : rules_) {
      const auto ranges = ranges_of(*in_effect.rule);
      all.insert(all.end(), ranges.begin(), ranges.end());
    }
    std::vector<OpenEgress> open;
    if (cover_public_internet(all)) {
      for (const char* protocol : {"TCP", "UDP", "SCTP"}) {
        add_ports_of(protocol, open);
      }
    }
    return open;
  }

 private:
  // Between two neighbouring borders each rule includes either every port or none.
  std::set<std::uint32_t> borders(std::string_view protocol) const {
    std::set<std::uint32_t> borders;
    for (const RuleInEffect& in_effect : rules_) {
      for (const Span& span : spans_of(*in_effect.rule, protocol)) {
        borders.insert(span.first);
        borders.insert(span.second + 1);
      }
    }
    return borders;
  }

  bool are_open(const PodPort& port) const {
    std::vector<AddressRange> ranges;
    for (const RuleInEffect& in_effect : rules_) {
      if (includes(*in_effect.rule, port)) {
        const auto own = ranges_of(*in_effect.rule);
        ranges.insert(ranges.end(), own.begin(), own.end());
      }
    }
    return cover_public_internet(ranges);
  }

  void add_ports_of(const std::string& protocol, std::vector<OpenEgress>& to) const {
    const std::set<std::uint32_t> all = borders(protocol);
    for (auto border = all.begin(); border != all.end() && std::next(border) != all.end();
         ++border) {
      const auto first = static_cast<std::uint16_t>(*border);
      if (are_open({.number = first, .protocol = protocol})) {
        const PolicyPort port{.protocol = protocol,
                              .first = first,
                              .last = static_cast<std::uint16_t>(*std::next(border) - 1)};
        to.push_back({.kind = kind_of(port),
                      .port = port,
                      .policy = rules_.front().policy->name,
                      .origin = rules_.front().rule->origin});
      }
    }
  }

  std::vector<RuleInEffect> rules_;
};

}  // namespace

std::size_t accepted_ports(const std::vector<OpenEgress>& all) {
  std::set<std::pair<std::string, std::uint16_t>> ports;
  for (const OpenEgress& open : all) {
    if (open.kind == OpenPort::accepted) {
      ports.emplace(open.port.name, open.port.first);
    }
  }
  return ports.size();
}

std::string words_for_open(const OpenEgress& open) {
  return open.port.protocol.empty() ? "every port" : words_for(open.port);
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
  const auto together = JointRules{std::move(joint)}.open_ports();
  open.insert(open.end(), together.begin(), together.end());
  return open;
}

}  // namespace compliance
