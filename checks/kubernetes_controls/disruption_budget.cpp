// A disruption budget allows evictions of every workload's pods, but not of all at once. The
// packaged chart has one for each service, minAvailable 50% (FACTS.md 5.1).
#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance::kubernetes_controls {
namespace {

// `pods` are those of the workload, at their least. A budget may select more pods than these, and
// then lets all of one workload go.
Verdict budget_verdict(const DisruptionBudget& budget, std::int64_t pods) {
  const Fact<std::int64_t> allowed = allowed_disruptions(budget);
  if (allowed.fault) {
    return unknown(*allowed.fault, allowed.origin);
  }
  if (*allowed.value > 0 && *allowed.value < pods) {
    return pass();
  }
  const char* const habit =
      *allowed.value == 0 ? " lets no pod be evicted" : " lets all pods be evicted at once";
  return with_expected_observed(
      fail("its " + budget.object + habit, allowed.origin),
      "at least one pod can be evicted, and one stays",
      std::to_string(*allowed.value) + " of " + std::to_string(budget.selected_pods));
}

// A single pod cannot be protected without blocking every drain: replicas are another check. Two
// budgets on one pod make the eviction API refuse.
Verdict workload_verdict(const WorkloadControls& workload) {
  const Fact<std::int64_t> pods = least_pods(workload);
  if (pods.fault) {
    return unknown(*pods.fault, pods.origin);
  }
  if (!workload.autoscaler && *pods.value < 2) {
    return not_applicable();
  }
  if (workload.budgets.size() == 1) {
    return budget_verdict(workload.budgets.front(), *pods.value);
  }
  const char* const count = workload.budgets.empty() ? "no" : "more than one";
  return with_expected_observed(
      fail(std::string{count} + " PodDisruptionBudget selects its pods", workload.origin),
      "one PodDisruptionBudget", std::to_string(workload.budgets.size()));
}

Verdicts evaluate_disruption_budget(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const WorkloadControls& workload : installation.kubernetes.workloads) {
    if (is_packaged(workload.component)) {
      verdicts.push_back(
          attributed_to(workload_verdict(workload), workload.component, workload.object));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check disruption_budget{
    .id = "kubernetes-controls-disruption-budget",
    .title = "A disruption budget protects a pod of every workload and allows evictions",
    .area = Area::kubernetes_controls,
    .severity = Severity::medium,
    .evidence = Source::kubernetes,
    .why =
        "Without one, draining a node can evict all replicas; one that is too strict blocks "
        "upgrades.",
    .remediation = "Select the pods with one PodDisruptionBudget, such as minAvailable: 50%.",
    .reference = "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
    .rule = &evaluate_disruption_budget,
};
}  // namespace compliance::kubernetes_controls
