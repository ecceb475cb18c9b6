// What keeps a workload available: replicas, autoscaler, disruption budgets, spread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/component.h"
#include "checks/facts/fact.h"

namespace compliance {

// A number of pods, or a percentage of them.
struct PodAmount {
  std::int64_t number = 0;
  bool percent = false;

  // As written: 1 of 2 pods and 50 % differ.
  bool operator==(const PodAmount&) const = default;
};

// A PodDisruptionBudget that selects the workload's pods.
struct DisruptionBudget {
  std::string object{};  // "PodDisruptionBudget caracal-sts"
  Fact<PodAmount> min_available{};
  Fact<PodAmount> max_unavailable{};
  // All pods that it selects, at their least: those of other workloads of the release too.
  std::int64_t selected_pods = 0;
  Origin origin{};

  // By the stated amounts and the pods that they are reckoned on.
  bool operator==(const DisruptionBudget&) const = default;
};

// A HorizontalPodAutoscaler or KEDA ScaledObject that targets the workload.
struct Autoscaler {
  std::string object{};
  Fact<std::int64_t> minimum{};  // the effective one: the platform's default where none is stated

  // By object and minimum; maximum and metrics are not read.
  bool operator==(const Autoscaler&) const = default;
};

// A Deployment or StatefulSet of the release.
struct WorkloadControls {
  std::string object{};  // "Deployment caracal-api"
  std::string object_namespace{};
  Component component = Component::other;
  Fact<std::int64_t> replicas{};           // 1 where none are stated
  std::optional<Autoscaler> autoscaler{};  // of several the one with the least minimum
  std::vector<DisruptionBudget> budgets{};
  bool spread = false;  // topology constraints or anti-affinity that select its own pods
  Origin origin{};

  // By all controls; the pods themselves are facts of their own.
  bool operator==(const WorkloadControls&) const = default;
};

// A Namespace that workloads of the release live in.
struct ReleaseNamespace {
  std::string name{};
  Fact<std::string> enforced{};  // label pod-security.kubernetes.io/enforce
  Origin origin{};

  // An absent label differs from "privileged", although both enforce nothing.
  bool operator==(const ReleaseNamespace&) const = default;
};

// The pods that the workload keeps at least: the autoscaler's minimum where one targets it, unless
// the workload is scaled to 0, which switches autoscalers off; else its replicas.
Fact<std::int64_t> least_pods(const WorkloadControls& workload);

// How many of `budget.selected_pods` it lets go at once, rounded as Kubernetes rounds: percentages
// up, also those of maxUnavailable. A fault when the budget cannot be read or states nothing.
Fact<std::int64_t> allowed_disruptions(const DisruptionBudget& budget);

}  // namespace compliance
