// Small worlds of pods and NetworkPolicies by chance, and the manifests that say the same.
#pragma once

#include <array>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/exporter/observe/kubernetes/resolve/connection_model.h"

namespace compliance::test::model {

using Words = std::array<std::array<const char*, 5>, 3>;

inline constexpr std::array pod_keys{"app.kubernetes.io/name", "app.kubernetes.io/instance",
                                     "tier"};
inline constexpr Words pod_values{{{"", "caracal", "x"}, {"", "c", "d"}, {"", "a", "b"}}};
inline constexpr std::array namespace_keys{"kubernetes.io/metadata.name", "team"};
inline constexpr Words namespace_values{
    {{"", "caracal", "lab", "elsewhere", "nowhere"}, {"", "a", "b"}}};

// Namespaces among the objects; those of other names are unseen, with any team.
inline constexpr LabelSet caracal{1, 1};
inline constexpr LabelSet lab{2, 2};

inline std::string text(const char* word) { return word; }

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  // From 0 to below `sides`.
  int roll(int sides) { return static_cast<int>(engine_() % static_cast<unsigned>(sides)); }
  bool one_in(int sides) { return roll(sides) == 0; }

 private:
  std::mt19937 engine_;
};

inline std::vector<int> some_values(Dice& dice, int count) {
  std::vector<int> values{1 + dice.roll(count)};
  if (const int second = 1 + dice.roll(count); dice.one_in(3) && second != values.front()) {
    values.push_back(second);
  }
  return values;
}

inline Requirement some_requirement(Dice& dice, int key, int values) {
  constexpr std::array operators{Operator::in,     Operator::in,     Operator::in,
                                 Operator::not_in, Operator::exists, Operator::does_not_exist};
  Requirement requirement{.key = key, .op = operators.at(static_cast<std::size_t>(dice.roll(6)))};
  if (requirement.op == Operator::in || requirement.op == Operator::not_in) {
    requirement.values = some_values(dice, values);
  }
  return requirement;
}

// At most one requirement for each key: selectors that contradict themselves select nobody, which
// the product need not find out.
inline Selector some_selector(Dice& dice, const std::vector<int>& value_counts) {
  Selector selector;
  for (int key = 0; key < static_cast<int>(value_counts.size()); ++key) {
    if (dice.one_in(2)) {
      selector.push_back(
          some_requirement(dice, key, value_counts.at(static_cast<std::size_t>(key))));
    }
  }
  return selector;
}

// Every namespace has a name.
inline Selector some_namespaces(Dice& dice) {
  Selector selector = some_selector(dice, {3, 2});
  for (Requirement& requirement : selector) {
    if (requirement.key == 0 && requirement.op == Operator::does_not_exist) {
      requirement.op = Operator::exists;
    }
  }
  return selector;
}

// Selectors of the release, of some pods, and of anything.
inline Selector some_pods(Dice& dice) {
  if (dice.one_in(3)) {
    return {{.key = 0, .values = {1}}, {.key = 1, .values = {1}}};
  }
  return some_selector(dice, {2, 2, 2});
}

inline Block some_block(Dice& dice, int shortest = 0) {
  const int prefix = shortest + dice.roll(5 - shortest);
  return {.v6 = dice.one_in(4),
          .first = dice.roll(16) >> (4 - prefix) << (4 - prefix),
          .prefix = prefix};
}

inline Peer some_peer(Dice& dice) {
  Peer peer;
  if (dice.one_in(3)) {
    peer.block = some_block(dice);
    if (peer.block->prefix < 4 && dice.one_in(3)) {
      Block except = some_block(dice, peer.block->prefix + 1);
      const int kept = 4 - peer.block->prefix;
      except.v6 = peer.block->v6;
      except.first = peer.block->first | (except.first & ((1 << kept) - 1));
      peer.except.push_back(except);
    }
    return peer;
  }
  if (!dice.one_in(3)) {
    peer.pods = some_pods(dice);
  }
  if (!peer.pods || dice.one_in(2)) {
    peer.namespaces = some_namespaces(dice);
  }
  return peer;
}

inline constexpr std::array port_numbers{3000, 3001, 3002, 4000, 9090};

inline PortEntry some_port(Dice& dice) {
  PortEntry entry{.protocol = dice.one_in(4) ? "UDP" : "TCP"};
  const int form = dice.roll(8);
  if (form == 0) {
    entry.name = dice.one_in(2) ? "http" : "metrics";
  } else if (form > 1) {
    entry.first = port_numbers.at(static_cast<std::size_t>(dice.roll(5)));
    entry.last = form == 2 ? entry.first + dice.roll(1500) : entry.first;
  } else if (dice.one_in(2)) {
    entry.first = 1;
    entry.last = 65535;
  }
  return entry;
}

inline Rule some_rule(Dice& dice) {
  Rule rule;
  if (!dice.one_in(6)) {
    for (int count = 1 + dice.roll(2); count > 0; --count) {
      rule.peers.push_back(some_peer(dice));
    }
  } else {
    rule.bare_peer = dice.one_in(2);
  }
  for (int count = dice.roll(3); count > 0; --count) {
    rule.ports.push_back(some_port(dice));
  }
  return rule;
}

inline std::vector<Rule> some_rules(Dice& dice) {
  std::vector<Rule> rules(static_cast<std::size_t>(dice.roll(3)));
  for (Rule& rule : rules) {
    rule = some_rule(dice);
  }
  return rules;
}

inline Policy some_policy(Dice& dice) {
  Policy policy{.ns = dice.one_in(4) ? lab[0] : caracal[0]};
  policy.pods = dice.one_in(2) ? Selector{} : some_pods(dice);
  policy.ingress = some_rules(dice);
  policy.egress = some_rules(dice);
  const int types = dice.roll(5);
  if (types > 0) {
    policy.types.emplace();
  }
  if (types == 2 || types == 4) {
    policy.types->emplace_back("Ingress");
  }
  if (types == 3 || types == 4) {
    policy.types->emplace_back("Egress");
  }
  return policy;
}

inline std::string written(const Selector& selector, const auto& keys, const Words& words) {
  constexpr std::array operators{"In", "NotIn", "Exists", "DoesNotExist"};
  std::string labels;
  std::string expressions;
  for (const Requirement& requirement : selector) {
    const auto key = static_cast<std::size_t>(requirement.key);
    const auto value = [&](int number) {
      return text(words.at(key).at(static_cast<std::size_t>(number)));
    };
    if (requirement.op == Operator::in && requirement.values.size() == 1) {
      labels += text(keys.at(key)) + ": " + value(requirement.values.front()) + ", ";
      continue;
    }
    expressions += "{key: " + text(keys.at(key)) +
                   ", operator: " + operators.at(static_cast<std::size_t>(requirement.op)) +
                   ", values: [";
    for (const int number : requirement.values) {
      expressions += value(number) + ",";
    }
    expressions += "]},";
  }
  return "{matchLabels: {" + labels + "}, matchExpressions: [" + expressions + "]}";
}

inline std::string written(const Block& block) {
  const std::string prefix = "/" + std::to_string(block.prefix);
  if (!block.v6) {
    return std::to_string(block.first * 16) + ".0.0.0" + prefix;
  }
  return "'" + text("0123456789abcdef").substr(static_cast<std::size_t>(block.first), 1) +
         "000::" + prefix + "'";
}

inline std::string written(const Peer& peer) {
  if (peer.block) {
    const std::string except =
        peer.except.empty() ? "" : ", except: [" + written(peer.except.front()) + "]";
    return "{ipBlock: {cidr: " + written(*peer.block) + except + "}}";
  }
  std::string fields;
  if (peer.namespaces) {
    fields +=
        "namespaceSelector: " + written(*peer.namespaces, namespace_keys, namespace_values) + ", ";
  }
  if (peer.pods) {
    fields += "podSelector: " + written(*peer.pods, pod_keys, pod_values);
  }
  return "{" + fields + "}";
}

inline std::string written(const PortEntry& entry) {
  std::string fields = "protocol: " + entry.protocol;
  if (!entry.name.empty()) {
    fields += ", port: " + entry.name;
  } else if (entry.first != 0) {
    fields += ", port: " + std::to_string(entry.first) + ", endPort: " + std::to_string(entry.last);
  }
  return "{" + fields + "}";
}

inline std::string written(const std::vector<Rule>& rules, const std::string& peers) {
  std::string all;
  for (const Rule& rule : rules) {
    all += rule.bare_peer ? "{podSelector: {}, ports: [" : "{" + peers + ": [";
    for (const Peer& peer : rule.peers) {
      all += written(peer) + ",";
    }
    all += rule.bare_peer ? "" : "], ports: [";
    for (const PortEntry& entry : rule.ports) {
      all += written(entry) + ",";
    }
    all += "]},";
  }
  return all;
}

inline std::string written(const Policy& policy, const std::string& name) {
  std::string types;
  if (policy.types) {
    types = "policyTypes: [";
    for (const std::string& type : *policy.types) {
      types += type + ",";
    }
    types += "], ";
  }
  return "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: " + name +
         ", namespace: " + namespace_values[0].at(static_cast<std::size_t>(policy.ns)) +
         "}, spec: {podSelector: " + written(policy.pods, pod_keys, pod_values) + ", " + types +
         "ingress: [" + written(policy.ingress, "from") + "], egress: [" +
         written(policy.egress, "to") + "]}}\n---\n";
}

}  // namespace compliance::test::model
