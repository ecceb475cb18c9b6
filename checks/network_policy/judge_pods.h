// Puts one question of network policy to every pod of an installation.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "checks/check.h"
#include "checks/subject/policy_rules.h"

namespace compliance::network_policy {

// The verdict on a pod that no rule can give: its policies cannot be told, or another kind of
// policy may stand in for those that are missing. Nothing where the rules decide.
inline std::optional<Verdict> undecidable(const Installation& installation, const NetworkPod& pod,
                                          PolicyDirection direction) {
  if (pod.fault) {
    return unknown(*pod.fault, pod.origin);
  }
  if (pod.other_policy && !is_selected(installation.network, pod, direction)) {
    return unknown(UnknownReason::not_observable,
                   "no NetworkPolicy selects its pods, but a " + pod.other_policy->value +
                       " is there, which is not read",
                   pod.other_policy->origin);
  }
  return std::nullopt;
}

// Asks `judge`, given the pod and the rules in effect on it, and says of whom the verdicts are.
// Pods that the direction's policies do not select are left out: they are the finding of
// network-policy-covers-all. Equal pods under the same policies are judged once. An empty answer
// means that the pod is no subject of the question.
template <class Judge>
Verdicts judge_pods(const Installation& installation, PolicyDirection direction,
                    const Judge& judge) {
  const NetworkFacts& facts = installation.network;
  std::map<std::tuple<std::size_t, Component, std::vector<PodPort>>, Verdicts> judged;
  Verdicts verdicts;
  for (const NetworkPod& pod : facts.pods) {
    if (auto verdict = undecidable(installation, pod, direction)) {
      verdicts.push_back(about(*std::move(verdict), pod.component, pod.object));
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
      verdicts.push_back(about(verdict, pod.component, pod.object));
    }
  }
  return verdicts;
}

}  // namespace compliance::network_policy
