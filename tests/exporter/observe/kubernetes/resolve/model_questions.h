// The questions of the checks, answered by asking the model about every source.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/exporter/observe/kubernetes/resolve/small_world.h"

namespace compliance::test::model {

// One entry of allowed_ingress.
struct Entry {
  std::optional<Block> block{};
  int ns = 0;                       // else pods of that namespace
  LabelSet labels{};                // with these labels; 0: whatever it is
  std::vector<std::string> pods{};  // names of own pods that it is for; empty: all
  std::vector<int> ports{};         // empty: all
};

inline Entry some_entry(Dice& dice) {
  Entry entry;
  if (dice.one_in(3)) {
    entry.block = some_block(dice);
  } else {
    entry.ns = 1 + dice.roll(3);
    for (int& label : entry.labels) {
      label = dice.one_in(3) ? 1 + dice.roll(2) : 0;
    }
  }
  if (dice.one_in(3)) {
    entry.pods = {dice.one_in(2) ? "api" : "web"};
  }
  if (dice.one_in(3)) {
    entry.ports = {3000, 3002};
  }
  return entry;
}

// True when the blocks of the rules leave none of the family's pieces from `first` to `last` out.
inline bool hold_all(const std::vector<const Rule*>& rules, bool v6, int first, int last) {
  for (int number = first; number <= last; ++number) {
    const Piece piece{.v6 = v6, .number = number};
    const bool held = std::any_of(rules.begin(), rules.end(), [&piece](const Rule* rule) {
      return std::any_of(rule->peers.begin(), rule->peers.end(),
                         [&piece](const Peer& peer) { return admits(peer, piece); });
    });
    if (!held) {
      return false;
    }
  }
  return true;
}

inline bool hold_a_family(const std::vector<const Rule*>& rules) {
  return hold_all(rules, false, 0, 15) || hold_all(rules, true, 0, 15);
}

// From 224.0.0.0 on no IPv4 address is public, and of IPv6 those of 2000::/3 are.
inline bool hold_the_internet(const std::vector<const Rule*>& rules) {
  return hold_all(rules, false, 0, 13) || hold_all(rules, true, 2, 3);
}

inline std::vector<const Rule*> rules_for(const Isolation& isolation, const Port& port) {
  std::vector<const Rule*> rules;
  for (const auto& [rule, own] : isolation.rules) {
    if (is_for(*rule, port)) {
      rules.push_back(rule);
    }
  }
  return rules;
}

// By what is written: no ports, or one entry for all ports of its protocol.
inline bool has_all_ports(const Rule& rule) {
  return rule.ports.empty() ||
         std::any_of(rule.ports.begin(), rule.ports.end(), [](const PortEntry& entry) {
           return is_for(entry, {.number = 1, .protocol = entry.protocol}) &&
                  is_for(entry, {.number = 65535, .protocol = entry.protocol});
         });
}

inline bool counts_for(const Rule& rule, const OwnPod& own) {
  return rule.ports.empty() ||
         std::any_of(own.ports.begin(), own.ports.end(),
                     [&rule](const Port& port) { return is_for(rule, port); });
}

// Somebody gets in on every port; or everybody, or every address of a family, on a port of a pod
// that is not public.
inline bool is_wide_open(const World& world, const OwnPod& own, const Isolation& isolation) {
  const bool by_a_rule =
      std::any_of(isolation.rules.begin(), isolation.rules.end(), [&](const auto& entry) {
        const auto& [rule, ns] = entry;
        const auto stranger = [&, own_namespace = ns](const Peer& peer) {
          return has_strangers(world, peer, own_namespace);
        };
        const bool all = has_all_ports(*rule);
        return counts_for(*rule, own) &&
               ((rule->peers.empty() && (all || !own.is_public)) ||
                (all && std::any_of(rule->peers.begin(), rule->peers.end(), stranger)));
      });
  return by_a_rule ||
         (!own.is_public && std::any_of(own.ports.begin(), own.ports.end(), [&](const Port& port) {
           return hold_a_family(rules_for(isolation, port));
         }));
}

// By what is written: an entry must name the whole peer, of each namespace by itself, exceptions
// and pods of the release included.
inline bool is_named(const Entry& entry, const Peer& peer) {
  if (!peer.block || !entry.block) {
    return false;
  }
  const auto pieces = all_pieces();
  return std::all_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
    return !holds(*peer.block, piece) || holds(*entry.block, piece);
  });
}

inline bool is_named(const Entry& entry, const std::vector<Pod>& pods, int ns) {
  return !entry.block && entry.ns == ns &&
         std::all_of(pods.begin(), pods.end(), [&](const Pod& pod) {
           for (std::size_t key = 0; key < entry.labels.size(); ++key) {
             if (pod.ns[0] == ns && entry.labels.at(key) != 0 &&
                 entry.labels.at(key) != pod.labels.at(key)) {
               return false;
             }
           }
           return true;
         });
}

// `port` 0 asks for every port.
inline bool is_meant(const Entry& entry, const OwnPod& own, int port) {
  return (entry.pods.empty() || std::count(entry.pods.begin(), entry.pods.end(), own.name) > 0) &&
         (entry.ports.empty() || std::count(entry.ports.begin(), entry.ports.end(), port) > 0);
}

inline bool is_allowed(const std::vector<Entry>& entries, const OwnPod& own, int port,
                       const std::pair<const Peer*, int>& peer) {
  const auto any = [&](const auto& names) {
    return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
      return is_meant(entry, own, port) && names(entry);
    });
  };
  if (peer.first->block) {
    return any([&](const Entry& entry) { return is_named(entry, *peer.first); });
  }
  const std::vector<Pod> pods = pods_of(*peer.first, peer.second);
  std::set<int> namespaces;
  for (const Pod& pod : pods) {
    namespaces.insert(pod.ns[0]);
  }
  return std::all_of(namespaces.begin(), namespaces.end(), [&](int ns) {
    return any([&](const Entry& entry) { return is_named(entry, pods, ns); });
  });
}

inline std::vector<int> asked_ports(const Rule& rule, const OwnPod& own) {
  if (has_all_ports(rule)) {
    return {0};
  }
  std::vector<int> numbers;
  for (const Port& port : own.ports) {
    if (is_for(rule, port)) {
      numbers.push_back(port.number);
    }
  }
  return numbers;
}

// A stranger gets in on a port of the pod that no entry names for that.
inline bool has_undeclared_way(const World& world, const OwnPod& own, const Isolation& isolation,
                               const std::vector<Entry>& entries) {
  for (const auto& [rule, ns] : isolation.rules) {
    if (!counts_for(*rule, own)) {
      continue;
    }
    if (rule->peers.empty()) {
      return true;
    }
    for (const Peer& peer : rule->peers) {
      if (!has_strangers(world, peer, ns)) {
        continue;
      }
      for (const int port : asked_ports(*rule, own)) {
        if (!is_allowed(entries, own, port, {&peer, ns})) {
          return true;
        }
      }
    }
  }
  return false;
}

// Every destination may be reached on that port: by a rule for everybody, or by blocks.
inline bool is_open_to_the_internet(const Isolation& egress, const Port& port) {
  const auto rules = rules_for(egress, port);
  return hold_the_internet(rules) || std::any_of(rules.begin(), rules.end(), [](const Rule* rule) {
           return rule->peers.empty();
         });
}

}  // namespace compliance::test::model
