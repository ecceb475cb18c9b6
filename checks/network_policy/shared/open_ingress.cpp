// Finds the sources outside the release that policies admit to a pod.
#include "checks/network_policy/shared/open_ingress.h"

#include <algorithm>
#include <set>

#include "checks/formats/address_set.h"

namespace compliance {
namespace {

// How a message begins.
std::string named(const RuleInEffect& in_effect) {
  return "NetworkPolicy " + in_effect.policy->name + " admits ";
}

// The first peer outside the release stands for all of them.
std::string describe_source(const NetworkPolicyRule& rule) {
  if (rule.peers.empty()) {
    return "every source";
  }
  for (const PolicyPeer& peer : rule.peers) {
    if (peer.place == PeerScope::outside) {
      return describe(peer);
    }
  }
  return "other pods";
}

// A rule that is too broad by itself. Peers of the release may reach every port: they already do so
// by the packaged policy (FACTS.md 5.5).
std::optional<IngressPath> wide_rule(const RuleInEffect& in_effect, bool pod_is_public) {
  const NetworkPolicyRule& rule = *in_effect.rule;
  const bool every_port = has_every_port(rule);
  if (rule.peers.empty() ? !pod_is_public || every_port
                         : every_port && has_peer(rule, PeerScope::outside)) {
    return IngressPath{.message = named(in_effect) + describe_source(rule) + " to " +
                                  describe_ports(rule) +
                                  (rule.bare_peer ? ": a peer is written in place of a rule" : ""),
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
};

JointBlocks blocks_for(const PodPort& port, const std::vector<RuleInEffect>& rules) {
  JointBlocks blocks;
  for (const RuleInEffect& in_effect : rules) {
    const auto own = ranges_of(*in_effect.rule);
    if (!own.empty() && includes(*in_effect.rule, port)) {
      blocks.ranges.insert(blocks.ranges.end(), own.begin(), own.end());
      blocks.rules.push_back(in_effect);
    }
  }
  return blocks;
}

// The first rule stands for all that take part.
IngressPath path_of(const JointBlocks& blocks, const PodPort& port) {
  // A single block that covers a family is named; of several, none says it alone.
  const bool single = blocks.ranges.size() == 1;
  return {.message = named(blocks.rules.front()) +
                     (single ? "the addresses " + text_of(blocks.ranges.front().block)
                             : "address blocks that together cover every address") +
                     " to " + port.protocol + " port " + std::to_string(port.number),
          .origin = blocks.rules.front().rule->origin};
}

// A path for each rule that is the first of those which open a port to all addresses.
std::vector<IngressPath> joint_paths(const std::vector<RuleInEffect>& rules,
                                     const NetworkPod& pod) {
  std::vector<IngressPath> paths;
  std::set<const NetworkPolicyRule*> seen;
  for (const PodPort& port : pod.ports) {
    const JointBlocks blocks = blocks_for(port, rules);
    if (cover_a_family(blocks.ranges) && seen.insert(blocks.rules.front().rule).second) {
      paths.push_back(path_of(blocks, port));
    }
  }
  return paths;
}

// True when the selector demands each of these labels by one value. A selector that lets a value
// open may select pods that nobody declared.
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

// An empty list means all.
template <class T>
bool lists(const std::vector<T>& list, const T& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

// The entries of allowed_ingress, applied to one pod.
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
    // An entry for single ports does not cover a rule for all of them.
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

// The paths of one rule that nobody declared.
std::vector<IngressPath> undeclared_paths(const RuleInEffect& in_effect, const Declared& declared) {
  const NetworkPolicyRule& rule = *in_effect.rule;
  if (rule.peers.empty()) {
    return {{.message = named(in_effect) + "every source to " + describe_ports(rule),
             .origin = rule.origin}};
  }
  std::vector<IngressPath> paths;
  for (const PolicyPeer& peer : rule.peers) {
    if (peer.place == PeerScope::release || declared.allows(peer, rule)) {
      continue;
    }
    paths.push_back({.message = named(in_effect) + describe(peer) + " to " + describe_ports(rule),
                     .fault = peer.place == PeerScope::undecided
                                  ? std::optional{unknown_namespace()}
                                  : std::nullopt,
                     .origin = peer.origin});
  }
  return paths;
}

}  // namespace

std::vector<IngressPath> overly_broad_ingress(const std::vector<RuleInEffect>& rules,
                                              const NetworkPod& pod, bool pod_is_public) {
  std::vector<IngressPath> paths;
  std::vector<RuleInEffect> others;
  for (const RuleInEffect& in_effect : rules) {
    auto path =
        counts_for(*in_effect.rule, pod) ? wide_rule(in_effect, pod_is_public) : std::nullopt;
    // A rule that covers everything alone need not be counted among those that do so together.
    const bool is_reported = path && cover_a_family(ranges_of(*in_effect.rule));
    if (path) {
      paths.push_back(*std::move(path));
    }
    if (!is_reported) {
      others.push_back(in_effect);
    }
  }
  if (!pod_is_public) {
    const auto joint = joint_paths(others, pod);
    paths.insert(paths.end(), joint.begin(), joint.end());
  }
  return paths;
}

std::vector<IngressPath> undeclared_ingress(const std::vector<RuleInEffect>& rules,
                                            const NetworkPod& pod,
                                            const std::vector<AllowedIngress>& allowed) {
  std::vector<IngressPath> paths;
  const Declared declared{allowed, pod};
  for (const RuleInEffect& in_effect : rules) {
    if (counts_for(*in_effect.rule, pod)) {
      const auto own = undeclared_paths(in_effect, declared);
      paths.insert(paths.end(), own.begin(), own.end());
    }
  }
  return paths;
}

}  // namespace compliance
