// How many pods a workload keeps, and how many of them a budget lets go.
#include "checks/facts/workload_controls.h"

#include <algorithm>

namespace compliance {
namespace {

// Percentages are rounded up to whole pods.
std::int64_t scaled(const PodAmount& amount, std::int64_t pods) {
  return amount.percent ? (pods * amount.number + 99) / 100 : amount.number;
}

// For amounts that contradict each other, which the API server refuses, or that are missing.
Fact<std::int64_t> unreadable(const DisruptionBudget& budget, std::string message) {
  return {.origin = budget.origin,
          .fault = Fault{.reason = UnknownReason::unparsable, .message = std::move(message)}};
}

}  // namespace

Fact<std::int64_t> least_pods(const WorkloadControls& workload) {
  return workload.autoscaler && !workload.replicas.is(0) ? workload.autoscaler->minimum
                                                         : workload.replicas;
}

Fact<std::int64_t> allowed_disruptions(const DisruptionBudget& budget) {
  for (const Fact<PodAmount>* amount : {&budget.min_available, &budget.max_unavailable}) {
    if (amount->fault) {
      return {.origin = amount->origin, .fault = amount->fault};
    }
  }
  if (budget.min_available.value && budget.max_unavailable.value) {
    return unreadable(budget, "the budget states minAvailable and maxUnavailable at once");
  }
  if (!budget.min_available.value && !budget.max_unavailable.value) {
    return unreadable(budget, "the budget states neither minAvailable nor maxUnavailable");
  }
  const std::int64_t pods = budget.selected_pods;
  const bool by_minimum = budget.min_available.value.has_value();
  const std::int64_t allowed = by_minimum ? pods - scaled(*budget.min_available.value, pods)
                                          : scaled(*budget.max_unavailable.value, pods);
  // More pods than there are cannot be kept; a minimum above them allows no disruption.
  return {.value = std::clamp(allowed, std::int64_t{0}, pods),
          .origin = by_minimum ? budget.min_available.origin : budget.max_unavailable.origin};
}

}  // namespace compliance
