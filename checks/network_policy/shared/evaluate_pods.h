// Evaluates a rule of network policy for every pod of an installation.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "checks/check.h"
#include "checks/facts/installation.h"
#include "checks/network_policy/shared/policy_rules.h"

namespace compliance::network_policy {

// Unknown where no rule can decide about the pod: its policies are not known, or one that cannot be
// read or is of another kind may replace those that are missing. Nothing where the rules decide.
inline std::optional<Verdict> undecidable(const Installation& installation, const NetworkPod& pod,
                                          PolicyDirection direction) {
  if (pod.fault) {
    return unknown(*pod.fault, pod.origin);
  }
  if (is_selected(installation.kubernetes.network, pod, direction)) {
    return std::nullopt;
  }
  if (pod.unread_policy) {
    return unknown(*pod.unread_policy, pod.origin);
  }
  if (pod.other_policy) {
    return unknown(UnknownReason::not_observable,
                   "no NetworkPolicy selects its pods for " + describe(direction) + ", and the " +
                       pod.other_policy->value + " that is present is not evaluated",
                   pod.other_policy->origin);
  }
  return std::nullopt;
}

// For rules that concern all pods.
inline bool every_pod(const NetworkPod& /*pod*/) { return true; }

// `verdicts` attributed to the pod; those without an origin are about the pod itself and get its.
inline Verdicts on_pod(Verdicts verdicts, const NetworkPod& pod) {
  for (Verdict& verdict : verdicts) {
    if (verdict.origin == Origin{}) {
      verdict.origin = pod.origin;
    }
  }
  return attributed_to(std::move(verdicts), pod.component, pod.object);
}

// The verdicts of `evaluate`, which gets a pod and the rules in effect on it, for each pod for
// which `concerns` is true, attributed to the pod. Pods that the direction's policies do not select
// are left out: they are findings of network-policy-covers-all. Equal pods under the same policies
// are evaluated once, so a verdict about the pod itself has no origin: on_pod() adds that of each.
template <class Concerns, class Evaluate>
Verdicts evaluate_pods(const Installation& installation, PolicyDirection direction,
                       const Concerns& concerns, const Evaluate& evaluate) {
  const NetworkFacts& facts = installation.kubernetes.network;
  std::map<std::tuple<std::size_t, Component, std::vector<PodPort>>, Verdicts> evaluated;
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
        evaluated.try_emplace(std::tuple{pod.policy_set, pod.component, pod.ports});
    if (is_new) {
      entry->second = evaluate(pod, rules_in_effect(facts, pod, direction));
    }
    append(verdicts, on_pod(entry->second, pod));
  }
  return verdicts;
}

}  // namespace compliance::network_policy
