// Who may reach a pod past its release.
#include "checks/network_policy/shared/open_ingress.h"

#include <algorithm>
#include <set>

#include "checks/formats/address_set.h"

namespace compliance {
namespace {

std::string named(const RuleInEffect& in_effect) {
  return "NetworkPolicy " + in_effect.policy->name + " admits ";
}

std::string words_for_source(const NetworkPolicyRule& rule) {
  if (rule.peers.empty()) {
    return "every source";
  }
  for (const PolicyPeer& peer : rule.peers) {
    if (peer.place == PeerScope::outside) {
      return words_for(peer);
    }
  }
  return "other pods";
}

std::optional<IngressPath> wide_rule(const RuleInEffect& in_effect, bool pod_is_public) {
  const NetworkPolicyRule& rule = *in_effect.rule;
  const bool every_port = has_every_port(rule);
  if (rule.peers.empty() ? !pod_is_public || every_port
                         : every_port && has_peer(rule, PeerScope::outside)) {
    return IngressPath{
        .message = named(in_effect) + words_for_source(rule) + " to " + words_for_ports(rule) +
                   (rule.bare_peer ? ": a peer stands there in place of a rule" : ""),
        .origin = rule.origin};
  }
  if (every_port && has_peer(rule, PeerScope::undecided)) {
    return IngressPath{.fault = unknown_namespace(), .origin = rule.origin};
  }
  return std::nullopt;
}

// The rules with address blocks for a port, and all of their blocks.
struct JointBlocks {
  std::vector<AddressRange> ranges{};
  std::vector<RuleInEffect> rules{};

  void add(const RuleInEffect& in_effect) {
    const auto own = ranges_of(*in_effect.rule);
    ranges.insert(ranges.end(), own.begin(), own.end());
    if (!own.empty()) {
      rules.push_back(in_effect);
    }
  }
};

IngressPath way_of(const JointBlocks& blocks, const PodPort& port) {
  const bool single = blocks.ranges.size() == 1;
  return {.message = named(blocks.rules.front()) +
                     (single ? "the addresses " + text_of(blocks.ranges.front().block)
                             : "address blocks that together leave no address out") +
                     " to " + port.protocol + " port " + std::to_string(port.number),
          .origin = blocks.rules.front().rule->origin};
}

// A way for each rule that is the first of those which open a port to all addresses.
std::vector<IngressPath> joint_ways(const std::vector<RuleInEffect>& rules, const NetworkPod& pod) {
  std::vector<IngressPath> ways;
  std::set<const NetworkPolicyRule*> seen;
  for (const PodPort& port : pod.ports) {
    JointBlocks blocks;
    for (const RuleInEffect& in_effect : rules) {
      if (includes(*in_effect.rule, port)) {
        blocks.add(in_effect);
      }
    }
    if (cover_a_family(blocks.ranges) && seen.insert(blocks.rules.front().rule).second) {
      ways.push_back(way_of(blocks, port));
    }
  }
  return ways;
}

bool has_labels(const LabelSelector& selector, const Labels& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&selector](const auto& label) {
    return std::any_of(selector.requirements.begin(), selector.requirements.end(),
                       [&label](const LabelRequirement& requirement) {
                         return requirement.op == LabelOperator::in &&
                                requirement.key == label.first &&
                                requirement.values == std::vector{label.second};
                       });
  });
}

// True when every pod or address of the peer is one of the entry's.
bool names(const AllowedIngress& entry, const PolicyPeer& peer, const std::string& name) {
  if (peer.addresses || entry.block) {
    return peer.addresses && entry.block && contains(*entry.block, peer.addresses->block);
  }
  return entry.object_namespace == name &&
         has_labels(peer.pods.value_or(LabelSelector{}), entry.pods);
}

template <class T>
bool lists(const std::vector<T>& list, const T& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

// The operator's entries as far as they are about one pod.
class Declared {
 public:
  Declared(const std::vector<AllowedIngress>& entries, const NetworkPod& pod)
      : entries_(entries), pod_(pod) {}

  bool allows(const PolicyPeer& peer, const NetworkPolicyRule& rule) const {
    if (peer.addresses) {
      return allows_from(peer, "", rule);
    }
    return peer.bound_namespaces &&
           std::all_of(peer.bound_namespaces->begin(), peer.bound_namespaces->end(),
                       [&](const std::string& name) { return allows_from(peer, name, rule); });
  }

 private:
  bool allows_from(const PolicyPeer& peer, const std::string& name,
                   const NetworkPolicyRule& rule) const {
    if (has_every_port(rule)) {
      return allows_port(peer, name, std::nullopt);
    }
    return std::all_of(pod_.ports.begin(), pod_.ports.end(), [&](const PodPort& port) {
      return !includes(rule, port) || allows_port(peer, name, port.number);
    });
  }

  // Without a port: every port.
  bool allows_port(const PolicyPeer& peer, const std::string& name,
                   std::optional<std::uint16_t> port) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const AllowedIngress& entry) {
      return lists(entry.components, pod_.component) &&
             (port ? lists(entry.ports, *port) : entry.ports.empty()) && names(entry, peer, name);
    });
  }

  const std::vector<AllowedIngress>& entries_;
  const NetworkPod& pod_;
};

}  // namespace

std::vector<IngressPath> overly_broad_ingress(const std::vector<RuleInEffect>& rules,
                                              const NetworkPod& pod, bool pod_is_public) {
  std::vector<IngressPath> ways;
  std::vector<RuleInEffect> others;
  for (const RuleInEffect& in_effect : rules) {
    auto way =
        counts_for(*in_effect.rule, pod) ? wide_rule(in_effect, pod_is_public) : std::nullopt;
    const bool is_said = way && cover_a_family(ranges_of(*in_effect.rule));
    if (way) {
      ways.push_back(*std::move(way));
    }
    if (!is_said) {
      others.push_back(in_effect);
    }
  }
  if (!pod_is_public) {
    const auto joint = joint_ways(others, pod);
    ways.insert(ways.end(), joint.begin(), joint.end());
  }
  return ways;
}

std::vector<IngressPath> undeclared_ways_in(const std::vector<RuleInEffect>& rules,
                                            const NetworkPod& pod,
                                            const std::vector<AllowedIngress>& allowed) {
  std::vector<IngressPath> ways;
  const Declared declared{allowed, pod};
  for (const RuleInEffect& in_effect : rules) {
    const NetworkPolicyRule& rule = *in_effect.rule;
    if (!counts_for(rule, pod)) {
      continue;
    }
    if (rule.peers.empty()) {
      ways.push_back({.message = named(in_effect) + "every source to " + words_for_ports(rule),
                      .origin = rule.origin});
    }
    for (const PolicyPeer& peer : rule.peers) {
      if (peer.place == PeerScope::release || declared.allows(peer, rule)) {
        continue;
      }
      ways.push_back(
          {.message = named(in_effect) + words_for(peer) + " to " + words_for_ports(rule),
           .fault = peer.place == PeerScope::undecided ? std::optional{unknown_namespace()}
                                                       : std::nullopt,
           .origin = peer.origin});
    }
  }
  return ways;
}

}  // namespace compliance
