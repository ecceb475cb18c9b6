// Everything that is said of NetworkPolicies against a model of them, in thousands of small worlds.
//
// The model asks every source about every connection. Where the product goes by what is written
// and not by what follows from it, the model does too, and the comment of the question says so.
#include <utility>

#include <gtest/gtest.h>

#include "checks/formats/address_set.h"
#include "checks/network_policy/shared/open_egress.h"
#include "checks/network_policy/shared/open_ingress.h"
#include "tests/exporter/observe/kubernetes/resolve/linked_world.h"
#include "tests/exporter/observe/kubernetes/resolve/model_questions.h"

namespace compliance::test::model::brute_force_test {
namespace {

constexpr int worlds = 10'000;
constexpr int neighbourhoods = 40;

// A world, and what the product makes of it. One in a hundred goes the whole way by its manifests.
struct Case {
  World world{};
  const Neighbourhood* around = nullptr;
  NetworkFacts facts{};
};

Case some_case(const Neighbourhood& around, Dice& dice) {
  Case one{.world = {.pods = around.pods()}, .around = &around};
  for (int count = 1 + dice.roll(2); count > 0; --count) {
    one.world.policies.push_back(some_policy(dice));
  }
  one.facts = dice.one_in(100) ? facts_by_manifests(one.world) : facts_directly(one.world, around);
  return one;
}

// Both answers to one question, in every world.
class Tally {
 public:
  void add(bool expected, bool said, const Case& one) {
    ++(expected ? yes_ : no_);
    if (expected != said && wrong_++ == 0) {
      first_wrong_ = one.world;
      expected_ = expected;
    }
  }
  // A question that has always the same answer asks nothing.
  void expect_agreement() const {
    EXPECT_EQ(wrong_, 0) << "of " << yes_ + no_ << "; the model says " << expected_ << " of\n"
                         << manifests_of(first_wrong_);
    EXPECT_GT(yes_, (yes_ + no_) / 50);
    EXPECT_GT(no_, (yes_ + no_) / 50);
  }

 private:
  int yes_ = 0;
  int no_ = 0;
  int wrong_ = 0;
  bool expected_ = false;
  World first_wrong_{};
};

// What the product says of a connection, from the parts that its rules use.
bool admits(const RuleInEffect& in_effect, const OtherPod& other) {
  const auto& peers = in_effect.rule->peers;
  return peers.empty() || std::any_of(peers.begin(), peers.end(), [&](const PolicyPeer& peer) {
           return compliance::admits(peer, in_effect.policy->object_namespace, other);
         });
}

bool admits(const RuleInEffect& in_effect, const Address& other) {
  const auto& peers = in_effect.rule->peers;
  return peers.empty() || std::any_of(peers.begin(), peers.end(), [&](const PolicyPeer& peer) {
           return compliance::admits(peer, other);
         });
}

// One pod in one direction, by the model and by the product.
struct Judged {
  Isolation model{};
  bool isolated = false;
  std::vector<RuleInEffect> rules{};

  template <class Other>
  bool product_permits(const Other& other, const PodPort& port) const {
    return !isolated || std::any_of(rules.begin(), rules.end(), [&](const RuleInEffect& rule) {
      return includes(*rule.rule, port) && admits(rule, other);
    });
  }
};

struct Answers {
  Tally selection{};
  Tally connections_inside{};
  Tally connections_from_pods{};
  Tally connections_from_addresses{};
  Tally places{};
  Tally families{};
  Tally internet{};
  Tally wide_ways{};
  Tally undeclared_ways{};
  Tally open_ports{};
};

class Questions {
 public:
  Questions(const Case& one, Dice& dice, Answers& answers)
      : case_(one), dice_(dice), answers_(answers) {
    for (std::size_t pod = 0; pod < one.world.pods.size(); ++pod) {
      ingress_.push_back(judged(pod, true));
      egress_.push_back(judged(pod, false));
    }
  }

  void ask() {
    ask_places();
    ask_connections_inside();
    static const auto labels = label_sets(3);
    static const auto namespaces = all_namespaces();
    const Pod stranger{.ns = namespaces.at(static_cast<std::size_t>(dice_.roll(8))),
                       .labels = labels.at(static_cast<std::size_t>(dice_.roll(27)))};
    ask_connections(stranger, as_other_pod(stranger), answers_.connections_from_pods);
    const Piece piece{.v6 = dice_.one_in(4), .number = dice_.roll(16)};
    ask_connections(piece, as_address(piece), answers_.connections_from_addresses);
    const std::vector<Entry> entries = some_entries();
    for (std::size_t pod = 0; pod < case_.world.pods.size(); ++pod) {
      ask_ways_in(pod, entries);
    }
    const auto any = static_cast<std::size_t>(dice_.roll(3));
    ask_coverage(any);
    ask_open_ports(any);
  }

 private:
  Judged judged(std::size_t pod, bool ingress) {
    const auto direction = ingress ? PolicyDirection::ingress : PolicyDirection::egress;
    const NetworkPod& said = case_.facts.pods.at(pod);
    Judged result{.model = isolation_of(case_.world.policies, case_.world.pods[pod].pod, ingress),
                  .isolated = is_selected(case_.facts, said, direction),
                  .rules = rules_in_effect(case_.facts, said, direction)};
    answers_.selection.add(result.model.isolated, result.isolated, case_);
    return result;
  }

  // Outside is what somebody can be who is not of the release.
  void ask_places() {
    for (const NetworkPolicy& said : case_.facts.policies) {
      const Policy& policy =
          case_.world.policies.at(static_cast<std::size_t>(said.name.back() - '0'));
      for (std::size_t rule = 0; rule < policy.ingress.size(); ++rule) {
        for (std::size_t peer = 0; peer < policy.ingress[rule].peers.size(); ++peer) {
          answers_.places.add(
              has_strangers(case_.world, policy.ingress[rule].peers[peer], policy.ns),
              said.ingress.at(rule).peers.at(peer).place == PeerScope::outside, case_);
        }
      }
    }
  }

  void ask_connections_inside() {
    for (std::size_t from = 0; from < egress_.size(); ++from) {
      for (std::size_t to = 0; to < ingress_.size(); ++to) {
        const Pod& sender = case_.world.pods[from].pod;
        const Pod& receiver = case_.world.pods[to].pod;
        for (const auto& [port, said] : case_.around->ports(to)) {
          answers_.connections_inside.add(
              permits(egress_[from].model, receiver, port) &&
                  permits(ingress_[to].model, sender, port),
              egress_[from].product_permits(case_.around->others()[to], said) &&
                  ingress_[to].product_permits(case_.around->others()[from], said),
              case_);
        }
      }
    }
  }

  template <class Other>
  void ask_connections(const auto& other, const Other& as_other, Tally& tally) const {
    for (std::size_t pod = 0; pod < ingress_.size(); ++pod) {
      for (const auto& [port, said] : case_.around->ports(pod)) {
        tally.add(permits(ingress_[pod].model, other, port),
                  ingress_[pod].product_permits(as_other, said), case_);
        tally.add(permits(egress_[pod].model, other, port),
                  egress_[pod].product_permits(as_other, said), case_);
      }
    }
  }

  std::vector<Entry> some_entries() {
    std::vector<Entry> entries(static_cast<std::size_t>(dice_.roll(4)));
    for (Entry& entry : entries) {
      entry = some_entry(dice_);
    }
    return entries;
  }

  void ask_ways_in(std::size_t pod, const std::vector<Entry>& entries) {
    const OwnPod& own = case_.world.pods[pod];
    const NetworkPod& said = case_.facts.pods.at(pod);
    answers_.wide_ways.add(is_wide_open(case_.world, own, ingress_[pod].model),
                           !overly_broad_ingress(ingress_[pod].rules, said, own.is_public).empty(),
                           case_);
    answers_.undeclared_ways.add(
        has_undeclared_way(case_.world, own, ingress_[pod].model, entries),
        !undeclared_ingress(ingress_[pod].rules, said, as_allowed(entries)).empty(), case_);
  }

  void ask_coverage(std::size_t pod) {
    std::vector<const Rule*> rules;
    std::vector<AddressRange> ranges;
    for (const auto& [rule, ns] : ingress_[pod].model.rules) {
      rules.push_back(rule);
    }
    for (const RuleInEffect& in_effect : ingress_[pod].rules) {
      for (const PolicyPeer& peer : in_effect.rule->peers) {
        if (peer.addresses) {
          ranges.push_back(*peer.addresses);
        }
      }
    }
    answers_.families.add(hold_a_family(rules), cover_a_family(ranges), case_);
    answers_.internet.add(hold_the_internet(rules), cover_public_internet(ranges), case_);
  }

  // A named port leads to pods alone: whether it is open is not a question of numbers.
  void ask_open_ports(std::size_t pod) {
    const std::vector<OpenEgress> open = open_egress(egress_[pod].rules);
    for (const char* protocol : {"TCP", "UDP", "SCTP"}) {
      for (const int number : {1, 3000, 3500}) {
        const bool said = std::any_of(open.begin(), open.end(), [&](const OpenEgress& one) {
          return one.port.name.empty() &&
                 (one.port.protocol.empty() || one.port.protocol == protocol) &&
                 (one.port.first == 0 || (one.port.first <= number && number <= one.port.last));
        });
        answers_.open_ports.add(is_open_to_the_internet(egress_[pod].model, {"", number, protocol}),
                                said, case_);
      }
    }
  }

  const Case& case_;
  Dice& dice_;
  Answers& answers_;
  std::vector<Judged> ingress_{};
  std::vector<Judged> egress_{};
};

Answers asked() {
  Answers answers;
  Dice dice{20'260'625};
  std::deque<Neighbourhood> all;
  for (int count = 0; count < neighbourhoods; ++count) {
    all.emplace_back(dice);
  }
  for (int count = 0; count < worlds; ++count) {
    const Case one = some_case(all.at(static_cast<std::size_t>(count % neighbourhoods)), dice);
    Questions{one, dice, answers}.ask();
  }
  return answers;
}

// One test, so that the worlds are made once.
TEST(NetworkPolicies, AreJudgedAsAModelOfThemJudgesInTenThousandWorlds) {
  const Answers answers = asked();
  const std::pair<const char*, const Tally*> tallies[]{
      {"pods that policies select", &answers.selection},
      {"connections within the release", &answers.connections_inside},
      {"connections with strange pods", &answers.connections_from_pods},
      {"connections with addresses", &answers.connections_from_addresses},
      {"peers that are the release's", &answers.places},
      {"blocks that leave nothing out", &answers.families},
      {"blocks that hold the internet", &answers.internet},
      {"ways in that are too wide", &answers.wide_ways},
      {"ways in that nobody declared", &answers.undeclared_ways},
      {"ports that are open to everywhere", &answers.open_ports},
  };
  for (const auto& [question, tally] : tallies) {
    SCOPED_TRACE(question);
    tally->expect_agreement();
  }
}

}  // namespace
}  // namespace compliance::test::model::brute_force_test
