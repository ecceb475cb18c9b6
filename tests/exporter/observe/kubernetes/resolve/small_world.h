// Worlds of a few pods: what the model knows of them, and what the product reads of them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "checks/network_policy/shared/policy_rules.h"
#include "tests/exporter/observe/kubernetes/manifests.h"
#include "tests/exporter/observe/kubernetes/resolve/random_policies.h"

namespace compliance::test::model {

// A pod of the release.
struct OwnPod {
  std::string name{};
  Pod pod{};
  std::vector<Port> ports{};
  bool is_public = false;
};

constexpr bool is_identity(const LabelSet& labels) { return labels[0] == 1 && labels[1] == 1; }

inline std::string written(const Labels& labels) {
  std::string all;
  for (const auto& [key, value] : labels) {
    all += key + ": " + value + ", ";
  }
  return all;
}

template <class Keys>
Labels as_labels(const LabelSet& set, const Keys& keys, const Words& words) {
  Labels labels;
  for (std::size_t key = 0; key < keys.size(); ++key) {
    if (set.at(key) != 0) {
      labels[keys.at(key)] = words.at(key).at(static_cast<std::size_t>(set.at(key)));
    }
  }
  return labels;
}

inline OtherPod as_other_pod(const Pod& pod) {
  return {.object_namespace = namespace_values[0].at(static_cast<std::size_t>(pod.ns[0])),
          .namespace_labels = as_labels(pod.ns, namespace_keys, namespace_values),
          .labels = as_labels(pod.labels, pod_keys, pod_values)};
}

inline Address as_address(const Piece& piece) {
  const auto first = static_cast<std::uint8_t>(piece.number * 16 + 1);
  return {.bytes = {first, 1, 1, 1}, .v6 = piece.v6};
}

inline std::string pod_object(const std::string& name, const Pod& pod,
                              const std::vector<Port>& ports) {
  std::string declared;
  for (const Port& port : ports) {
    declared += "{name: " + port.name + ", containerPort: " + std::to_string(port.number) +
                ", protocol: " + port.protocol + "},";
  }
  const OtherPod other = as_other_pod(pod);
  return "{apiVersion: v1, kind: Pod, metadata: {name: " + name +
         ", namespace: " + other.object_namespace + ", labels: {" + written(other.labels) +
         "}}, spec: {containers: [{name: " + name + ", ports: [" + declared + "]}]}}\n---\n";
}

inline std::vector<LabelSet> label_sets(int tiers) {
  std::vector<LabelSet> sets;
  for (int name = 0; name < 3; ++name) {
    for (int instance = 0; instance < 3; ++instance) {
      for (int tier = 0; tier < tiers; ++tier) {
        sets.push_back({name, instance, tier});
      }
    }
  }
  return sets;
}

// Pods of every combination of labels that is not the release's, in both namespaces, so that
// nothing but the release's identity sets it apart.
inline std::string strangers_of(const LabelSet& ns) {
  std::string text;
  for (const LabelSet& labels : label_sets(2)) {
    if (!is_identity(labels)) {
      text += pod_object("s" + std::to_string(labels[0] * 9 + labels[1] * 3 + labels[2]),
                         {.ns = ns, .labels = labels}, {});
    }
  }
  return text;
}

// The release: three pods with tiers by chance, in a namespace by chance.
inline std::vector<OwnPod> some_release(Dice& dice) {
  std::vector<OwnPod> pods{
      {.name = "api", .ports = {{"http", 3000, "TCP"}, {"metrics", 3001, "UDP"}}},
      {.name = "web", .ports = {{"http", 3002, "TCP"}}, .is_public = true},
      {.name = "worker"}};
  const LabelSet ns = dice.one_in(8) ? lab : caracal;
  for (OwnPod& own : pods) {
    own.pod.ns = ns;
    own.pod.labels = {1, 1, dice.roll(2)};
  }
  return pods;
}

// Every place that a source may have: the namespaces among the objects, and unseen ones.
inline std::vector<LabelSet> all_namespaces() {
  std::vector<LabelSet> all{caracal, lab};
  for (const int name : {3, 4}) {
    for (int team = 0; team < 3; ++team) {
      all.push_back({name, team});
    }
  }
  return all;
}

inline std::vector<Piece> all_pieces() {
  std::vector<Piece> all;
  for (int number = 0; number < 16; ++number) {
    all.push_back({.v6 = false, .number = number});
    all.push_back({.v6 = true, .number = number});
  }
  return all;
}

// A release and its policies.
struct World {
  std::vector<OwnPod> pods{};
  std::vector<Policy> policies{};

  bool is_release(const Pod& pod) const {
    return is_identity(pod.labels) &&
           std::any_of(pods.begin(), pods.end(),
                       [&pod](const OwnPod& own) { return own.pod.ns == pod.ns; });
  }
};

// The namespaces that are meant by a peer in a policy of namespace `own`. One that demands a label
// which a namespace among the objects has means those alone: the product takes its word for it.
inline std::vector<LabelSet> namespaces_of(const Peer& peer, int own) {
  static const std::vector<LabelSet> all = all_namespaces();
  std::vector<LabelSet> known;
  std::vector<LabelSet> unseen;
  for (const LabelSet& ns : all) {
    if (reaches_namespace(peer, own, ns)) {
      (ns == caracal || ns == lab ? known : unseen).push_back(ns);
    }
  }
  const auto& selector = peer.namespaces.value_or(Selector{});
  const auto demands = [&selector](int key, Operator op) {
    return std::any_of(selector.begin(), selector.end(), [&](const Requirement& requirement) {
      return requirement.key == key && requirement.op == op;
    });
  };
  const bool by_team = demands(1, Operator::in) || demands(1, Operator::exists);
  if (known.empty() || !by_team || demands(0, Operator::in)) {
    known.insert(known.end(), unseen.begin(), unseen.end());
  }
  return known;
}

// Every pod that there could be and that the peer selects.
inline std::vector<Pod> pods_of(const Peer& peer, int own) {
  static const std::vector<LabelSet> all = label_sets(3);
  std::vector<Pod> pods;
  for (const LabelSet& ns : namespaces_of(peer, own)) {
    for (const LabelSet& labels : all) {
      if (!peer.pods || matches(*peer.pods, labels)) {
        pods.push_back({.ns = ns, .labels = labels});
      }
    }
  }
  return pods;
}

// True when somebody who is not of the release is one of the peer's.
inline bool has_strangers(const World& world, const Peer& peer, int own) {
  static const std::vector<LabelSet> all = label_sets(3);
  if (peer.block) {
    return true;
  }
  for (const LabelSet& ns : namespaces_of(peer, own)) {
    for (const LabelSet& labels : all) {
      if ((!peer.pods || matches(*peer.pods, labels)) &&
          !world.is_release({.ns = ns, .labels = labels})) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace compliance::test::model
