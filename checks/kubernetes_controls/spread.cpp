// Replicas are spread over nodes or zones. Off by default: the scheduler spreads pods of one
// Service by itself where it can.
#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance::kubernetes_controls {
namespace {

// A single pod has nothing to spread. An autoscaler may add more, so it counts.
Verdict spread_verdict(const WorkloadControls& workload) {
  const Fact<std::int64_t> pods = least_pods(workload);
  if (pods.fault) {
    return unknown(*pods.fault, pods.origin);
  }
  if (!workload.autoscaler && *pods.value < 2) {
    return not_applicable();
  }
  return workload.spread
             ? pass()
             : with_expected_observed(
                   fail("nothing spreads its replicas over nodes", workload.origin),
                   "topologySpreadConstraints or podAntiAffinity for its own pods", "none");
}

Verdicts evaluate_spread(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const WorkloadControls& workload : installation.kubernetes.workloads) {
    if (is_packaged(workload.component)) {
      verdicts.push_back(
          attributed_to(spread_verdict(workload), workload.component, workload.object));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check spread{
    .id = "kubernetes-controls-spread",
    .title = "Replicas are spread over nodes or zones",
    .area = Area::kubernetes_controls,
    .severity = Severity::low,
    .evidence = Source::kubernetes,
    .why = "Replicas on one node fail together.",
    .remediation = "Add topologySpreadConstraints or podAntiAffinity that select the pods.",
    .reference =
        "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
    .rule = &evaluate_spread,
    .on_by_default = false,
};
}  // namespace compliance::kubernetes_controls
