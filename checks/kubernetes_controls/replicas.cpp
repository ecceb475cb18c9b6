// In production every service runs at least two pods. values.dev.yaml has one, all other packaged
// values have two (FACTS.md 5.8).
#include "checks/caracal/served_port.h"
#include "checks/check.h"

namespace compliance::kubernetes_controls {
namespace {

// What counts is the least number that may run, an autoscaler's minimum included.
Verdict replicas_verdict(const WorkloadControls& workload) {
  const Fact<std::int64_t> pods = least_pods(workload);
  if (pods.fault) {
    return unknown(*pods.fault, pods.origin);
  }
  return *pods.value >= 2
             ? pass()
             : with_expected_observed(fail("may run with fewer than 2 pods", pods.origin),
                                      "2 replicas, or an autoscaler's minimum of 2",
                                      std::to_string(*pods.value));
}

Verdicts evaluate_replicas(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  const bool production = installation.stage == DeploymentStage::production;
  for (const WorkloadControls& workload : installation.kubernetes.workloads) {
    // Data stores do not scale by replicas.
    if (packaged_port(workload.component)) {
      verdicts.push_back(attributed_to(production ? replicas_verdict(workload) : not_applicable(),
                                       workload.component, workload.object));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check replicas{
    .id = "kubernetes-controls-replicas",
    .title = "In production every service runs at least two pods",
    .area = Area::kubernetes_controls,
    .severity = Severity::medium,
    .evidence = Source::kubernetes,
    .why = "With one pod every restart, drained node or upgrade stops the service.",
    .remediation = "Set replicas, or the minimum of the autoscaler, to 2 or more.",
    .reference = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/",
    .rule = &evaluate_replicas,
};
}  // namespace compliance::kubernetes_controls
