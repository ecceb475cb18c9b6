// Puts one question of network policy to every pod of an installation.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "checks/check.h"
#include "checks/network_policy/shared/policy_rules.h"

namespace compliance::network_policy {

// The verdict on a pod that no rule can give: its policies cannot be told, or another kind of
// policy may stand in for those that are missing. Nothing where the rules decide.
inline std::optional<Verdict> undecidable(const Installation& installation, const NetworkPod& pod,
                                          PolicyDirection direction) {
  if (pod.fault) {
    return unknown(*pod.fault, pod.origin);
  }
  if (pod.other_policy && !is_selected(installation.kubernetes.network, pod, direction)) {
    return unknown(UnknownReason::not_observable,
                   "no NetworkPolicy selects its pods for " + words_for(direction) + ", and the " +
                       pod.other_policy->value + " that is there is not read",
                   pod.other_policy->origin);
  }
  return std::nullopt;
}

inline bool every_pod(const NetworkPod& /*pod*/) { return true; }

// Asks `judge` about each pod that the question concerns, given the rules in effect on it, and says
// of whom the verdicts are. Pods that the direction's policies do not select are left out: they are
// the finding of network-policy-covers-all. Equal pods under the same policies are judged once: a
// verdict on the pod itself has no origin, and gets that of each.
template <class Concerns, class Judge>
Verdicts evaluate_pods(const Installation& installation, PolicyDirection direction,
                       const Concerns& concerns, const Judge& judge) {
  const NetworkFacts& facts = installation.kubernetes.network;
  std::map<std::tuple<std::size_t, Component, std::vector<PodPort>>, Verdicts> judged;
  Verdicts verdicts;
  for (const NetworkPod& pod : facts.pods) {
    if (!concerns(pod)) {
      continue;
    }
    if (auto verdict = undecidable(installation, pod, direction)) {
      verdicts.push_back(attributed_to(*std::move(verdict), pod.component, pod.object));
      continue;
    }
    if (!is_selected(facts, pod, direction)) {
      continue;
    }
    const auto [entry, is_new] =
        judged.try_emplace(std::tuple{pod.policy_set, pod.component, pod.ports});
    if (is_new) {
      entry->second = judge(pod, rules_in_effect(facts, pod, direction));
    }
    for (const Verdict& verdict : entry->second) {
      verdicts.push_back(attributed_to(verdict, pod.component, pod.object));
      if (verdict.origin == Origin{}) {
        verdicts.back().origin = pod.origin;
      }
    }
  }
  return verdicts;
}

}  // namespace compliance::network_policy
