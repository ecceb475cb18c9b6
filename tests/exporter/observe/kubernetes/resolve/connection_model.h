// A second opinion on NetworkPolicies, written naively from the documentation of Kubernetes: which
// connections are let through, by asking every rule about every source. Uses nothing of the
// product. Labels are numbers here: key and value, 0 for a key that is not there.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace compliance::test::model {

using LabelSet = std::array<int, 3>;

enum class Operator { in, not_in, exists, does_not_exist };

struct Requirement {
  int key = 0;
  Operator op = Operator::in;
  std::vector<int> values{};
};

using Selector = std::vector<Requirement>;

inline bool lists(const std::vector<int>& values, int value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

inline bool holds(const Requirement& requirement, const LabelSet& labels) {
  const int value = labels.at(static_cast<std::size_t>(requirement.key));
  switch (requirement.op) {
    case Operator::in:
      return value != 0 && lists(requirement.values, value);
    case Operator::not_in:
      return value == 0 || !lists(requirement.values, value);
    case Operator::exists:
      return value != 0;
    case Operator::does_not_exist:
      return value == 0;
  }
  return false;
}

inline bool matches(const Selector& selector, const LabelSet& labels) {
  return std::all_of(selector.begin(), selector.end(), [&labels](const Requirement& requirement) {
    return holds(requirement, labels);
  });
}

// One of the 16 pieces into which the first four bits divide the addresses of a family.
struct Piece {
  bool v6 = false;
  int number = 0;
};

struct Block {
  bool v6 = false;
  int first = 0;
  int prefix = 0;  // 0 to 4
};

inline bool holds(const Block& block, const Piece& piece) {
  const int shift = 4 - block.prefix;
  return block.v6 == piece.v6 && (piece.number >> shift) == (block.first >> shift);
}

// A namespace is its labels: the name first, a team second.
struct Pod {
  LabelSet ns{};
  LabelSet labels{};
};

struct Peer {
  std::optional<Block> block{};
  std::vector<Block> except{};
  std::optional<Selector> namespaces{};
  std::optional<Selector> pods{};
};

inline bool admits(const Peer& peer, const Piece& piece) {
  return peer.block && holds(*peer.block, piece) &&
         std::none_of(peer.except.begin(), peer.except.end(),
                      [&piece](const Block& block) { return holds(block, piece); });
}

// `own` is the name of the policy's namespace.
inline bool reaches_namespace(const Peer& peer, int own, const LabelSet& ns) {
  return !peer.block && (peer.namespaces ? matches(*peer.namespaces, ns) : ns[0] == own);
}

inline bool admits(const Peer& peer, int own, const Pod& pod) {
  return reaches_namespace(peer, own, pod.ns) && (!peer.pods || matches(*peer.pods, pod.labels));
}

struct Port {
  std::string name{};
  int number = 0;
  std::string protocol = "TCP";
};

// By name, or a range of numbers; every port when `first` is 0 and there is no name.
struct PortEntry {
  std::string protocol = "TCP";
  std::string name{};
  int first = 0;
  int last = 0;
};

inline bool is_for(const PortEntry& entry, const Port& port) {
  if (entry.protocol != port.protocol) {
    return false;
  }
  if (!entry.name.empty()) {
    return entry.name == port.name;
  }
  return entry.first == 0 || (entry.first <= port.number && port.number <= entry.last);
}

struct Rule {
  std::vector<Peer> peers{};
  std::vector<PortEntry> ports{};
  bool bare_peer = false;  // written as a peer: no peers are left of it
};

inline bool is_for(const Rule& rule, const Port& port) {
  return rule.ports.empty() ||
         std::any_of(rule.ports.begin(), rule.ports.end(),
                     [&port](const auto& entry) { return is_for(entry, port); });
}

// Each of the two with the rule's peers; everybody where there are none.
inline bool admits(const Rule& rule, const Piece& piece) {
  return rule.peers.empty() ||
         std::any_of(rule.peers.begin(), rule.peers.end(),
                     [&piece](const Peer& peer) { return admits(peer, piece); });
}

inline bool admits(const Rule& rule, int own, const Pod& pod) {
  return rule.peers.empty() ||
         std::any_of(rule.peers.begin(), rule.peers.end(),
                     [&](const Peer& peer) { return admits(peer, own, pod); });
}

struct Policy {
  int ns = 0;
  Selector pods{};
  std::optional<std::vector<std::string>> types{};
  std::vector<Rule> ingress{};
  std::vector<Rule> egress{};
};

// Without policyTypes: ingress always, egress when there are rules for it.
inline bool is_for_ingress(const Policy& policy) {
  return !policy.types || policy.types->empty() ||
         std::count(policy.types->begin(), policy.types->end(), "Ingress") > 0;
}

inline bool is_for_egress(const Policy& policy) {
  return policy.types && !policy.types->empty()
             ? std::count(policy.types->begin(), policy.types->end(), "Egress") > 0
             : !policy.egress.empty();
}

inline bool selects(const Policy& policy, const Pod& pod) {
  return policy.ns == pod.ns[0] && matches(policy.pods, pod.labels);
}

// What applies to one pod in one direction.
struct Isolation {
  bool isolated = false;
  std::vector<std::pair<const Rule*, int>> rules{};  // with the namespace of the policy
};

inline Isolation isolation_of(const std::vector<Policy>& policies, const Pod& pod, bool ingress) {
  Isolation result;
  for (const Policy& policy : policies) {
    if (selects(policy, pod) && (ingress ? is_for_ingress(policy) : is_for_egress(policy))) {
      result.isolated = true;
      for (const Rule& rule : ingress ? policy.ingress : policy.egress) {
        result.rules.emplace_back(&rule, policy.ns);
      }
    }
  }
  return result;
}

// Whether a connection with that pod or address at the other end is let through; `port` is that of
// the receiver.
inline bool permits(const Isolation& isolation, const Pod& other, const Port& port) {
  return !isolation.isolated ||
         std::any_of(isolation.rules.begin(), isolation.rules.end(), [&](const auto& entry) {
           return is_for(*entry.first, port) && admits(*entry.first, entry.second, other);
         });
}

inline bool permits(const Isolation& isolation, const Piece& other, const Port& port) {
  return !isolation.isolated ||
         std::any_of(isolation.rules.begin(), isolation.rules.end(), [&](const auto& entry) {
           return is_for(*entry.first, port) && admits(*entry.first, other);
         });
}

}  // namespace compliance::test::model
