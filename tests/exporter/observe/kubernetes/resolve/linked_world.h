// The facts that the product has of a small world: by its manifests, or in the shorter way that
// leaves reading and linking out and so has time for thousands of worlds.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "exporter/observe/kubernetes/resolve/peer_scope.h"
#include "tests/exporter/observe/kubernetes/resolve/model_questions.h"

namespace compliance::test::model {

template <class Keys>
LabelSelector as_selector(const Selector& selector, const Keys& keys, const Words& words) {
  LabelSelector result;
  for (const Requirement& requirement : selector) {
    const auto key = static_cast<std::size_t>(requirement.key);
    LabelRequirement one{.key = keys.at(key), .op = static_cast<LabelOperator>(requirement.op)};
    for (const int value : requirement.values) {
      one.values.emplace_back(words.at(key).at(static_cast<std::size_t>(value)));
    }
    result.requirements.push_back(std::move(one));
  }
  return result;
}

inline AddressBlock as_block(const Block& block) {
  const auto first = static_cast<std::uint8_t>(block.first * 16);
  return {.first = {.bytes = {first}, .v6 = block.v6},
          .prefix = static_cast<unsigned>(block.prefix)};
}

inline PolicyPeer as_peer(const Peer& peer) {
  PolicyPeer result;
  if (peer.block) {
    result.addresses = AddressRange{.block = as_block(*peer.block)};
    for (const Block& except : peer.except) {
      result.addresses->except.push_back(as_block(except));
    }
  }
  if (peer.namespaces) {
    result.namespaces = as_selector(*peer.namespaces, namespace_keys, namespace_values);
  }
  if (peer.pods) {
    result.pods = as_selector(*peer.pods, pod_keys, pod_values);
  }
  return result;
}

inline std::vector<NetworkPolicyRule> as_rules(const std::vector<Rule>& rules) {
  std::vector<NetworkPolicyRule> result;
  for (const Rule& rule : rules) {
    NetworkPolicyRule& one = result.emplace_back();
    one.bare_peer = rule.bare_peer;
    for (const Peer& peer : rule.peers) {
      one.peers.push_back(as_peer(peer));
    }
    for (const PortEntry& port : rule.ports) {
      one.ports.push_back({.protocol = port.protocol,
                           .first = static_cast<std::uint16_t>(port.first),
                           .last = static_cast<std::uint16_t>(port.last),
                           .name = port.name});
    }
  }
  return result;
}

inline PodPort as_pod_port(const Port& port) {
  return {.name = port.name,
          .number = static_cast<std::uint16_t>(port.number),
          .protocol = port.protocol};
}

inline std::string namespace_name(int number) {
  return namespace_values[0].at(static_cast<std::size_t>(number));
}

// The release and the strangers beside it.
class Neighbourhood {
 public:
  explicit Neighbourhood(Dice& dice) : pods_(some_release(dice)) {
    known_.labelled = true;
    known_.instance = "c";
    for (const OwnPod& own : pods_) {
      known_.namespaces.insert(namespace_name(own.pod.ns[0]));
      add(known_.release, own.pod);
      others_.push_back(as_other_pod(own.pod));
      ports_.push_back(probed(own));
    }
    for (const LabelSet& labels : label_sets(2)) {
      if (!is_identity(labels)) {
        add(known_.foreign, {.ns = caracal, .labels = labels});
        add(known_.foreign, {.ns = lab, .labels = labels});
      }
    }
  }

  const std::vector<OwnPod>& pods() const { return pods_; }
  // The same for the product.
  const std::vector<OtherPod>& others() const { return others_; }
  // The ports of a pod and one that it does not declare, for the model and for the product.
  const std::vector<std::pair<Port, PodPort>>& ports(std::size_t pod) const {
    return ports_.at(pod);
  }
  const kubernetes::KnownPods& known() const { return known_; }

 private:
  static std::vector<std::pair<Port, PodPort>> probed(const OwnPod& own) {
    std::vector<std::pair<Port, PodPort>> all;
    for (const Port& port : own.ports) {
      all.emplace_back(port, as_pod_port(port));
    }
    const Port undeclared{"", 4000, "TCP"};
    all.emplace_back(undeclared, as_pod_port(undeclared));
    return all;
  }

  void add(kubernetes::PodIndex& index, const Pod& pod) {
    index.add(namespace_name(pod.ns[0]),
              labels_.emplace_back(as_labels(pod.labels, pod_keys, pod_values)));
  }

  std::vector<OwnPod> pods_;
  std::vector<OtherPod> others_{};
  std::vector<std::vector<std::pair<Port, PodPort>>> ports_{};
  std::deque<Labels> labels_{};
  kubernetes::KnownPods known_{};
};

// Namespaces and pods beside the release, as manifests.
inline const kubernetes::Objects& strangers() {
  static const auto objects = parse(
      "{apiVersion: v1, kind: Namespace, metadata: {name: caracal, labels: {team: a}}}\n---\n"
      "{apiVersion: v1, kind: Namespace, metadata: {name: lab, labels: {team: b}}}\n---\n" +
      strangers_of(caracal) + strangers_of(lab));
  return objects.value();
}

inline std::string manifests_of(const World& world) {
  std::string text;
  for (const OwnPod& own : world.pods) {
    text += pod_object(own.name, own.pod, own.ports);
  }
  for (std::size_t number = 0; number < world.policies.size(); ++number) {
    text += written(world.policies[number], "p" + std::to_string(number));
  }
  return text;
}

inline NetworkFacts facts_by_manifests(const World& world) {
  const std::string text = manifests_of(world);
  const auto objects = parse(text);
  if (!objects) {
    ADD_FAILURE() << objects.error().fault.message << "\n" << text;
    return {};
  }
  auto facts = kubernetes::resolve_objects({&strangers(), &objects.value()}, {.release = "c"});
  if (!facts) {
    ADD_FAILURE() << facts.error().fault.message << "\n" << text;
    return {};
  }
  return std::move(facts.value().network);
}

inline NetworkPolicy policy_of(const Policy& policy, std::string name) {
  return {.name = std::move(name),
          .object_namespace = namespace_name(policy.ns),
          .pods = as_selector(policy.pods, pod_keys, pod_values),
          .has_ingress = is_for_ingress(policy),
          .has_egress = is_for_egress(policy),
          .ingress = as_rules(policy.ingress),
          .egress = as_rules(policy.egress)};
}

inline NetworkFacts facts_directly(const World& world, const Neighbourhood& around) {
  static const std::vector<const kubernetes::Objects*> files{&strangers()};
  static const kubernetes::NamespaceIndex namespaces{files};
  const kubernetes::PeerScopeResolver places{around.known(), namespaces};
  NetworkFacts facts;
  facts.policy_sets.resize(world.pods.size());
  for (const Policy& policy : world.policies) {
    const auto number = static_cast<std::uint32_t>(facts.policies.size());
    NetworkPolicy& linked =
        facts.policies.emplace_back(policy_of(policy, "p" + std::to_string(number)));
    for (auto* rules : {&linked.ingress, &linked.egress}) {
      for (NetworkPolicyRule& rule : *rules) {
        for (PolicyPeer& peer : rule.peers) {
          places.decide(peer, linked.object_namespace);
        }
      }
    }
    for (const std::uint32_t pod :
         around.known().release.selected(linked.object_namespace, linked.pods)) {
      facts.policy_sets.at(pod).push_back(number);
    }
  }
  for (const OwnPod& own : world.pods) {
    NetworkPod& pod = facts.pods.emplace_back();
    pod.component = component_named(own.name).value_or(Component::other);
    pod.policy_set = facts.pods.size() - 1;
    for (const Port& port : own.ports) {
      pod.ports.push_back(as_pod_port(port));
    }
  }
  return facts;
}

inline std::vector<AllowedIngress> as_allowed(const std::vector<Entry>& entries) {
  std::vector<AllowedIngress> result;
  for (const Entry& entry : entries) {
    AllowedIngress& one = result.emplace_back();
    if (entry.block) {
      one.block = as_block(*entry.block);
    } else {
      one.object_namespace = namespace_name(entry.ns);
      one.pods = as_labels(entry.labels, pod_keys, pod_values);
    }
    for (const std::string& name : entry.pods) {
      one.components.push_back(component_named(name).value_or(Component::other));
    }
    one.ports.assign(entry.ports.begin(), entry.ports.end());
  }
  return result;
}

}  // namespace compliance::test::model
