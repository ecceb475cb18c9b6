// Every service has an autoscaler that keeps at least two pods. The packaged chart makes six with a
// minimum of 2 (FACTS.md 5.1).
#include "checks/caracal/served_port.h"
#include "checks/check.h"

namespace compliance::kubernetes_controls {
namespace {

// The maximum is not evaluated: how much load there is, nobody knows here.
Verdict autoscaler_verdict(const WorkloadControls& workload) {
  if (!workload.autoscaler) {
    return with_expected_observed(fail("no autoscaler targets it", workload.origin),
                                  "an autoscaler with a minimum of 2", "none");
  }
  const Fact<std::int64_t>& minimum = workload.autoscaler->minimum;
  if (minimum.fault) {
    return unknown(*minimum.fault, minimum.origin);
  }
  return *minimum.value >= 2
             ? pass()
             : with_expected_observed(
                   fail("its " + workload.autoscaler->object + " keeps fewer than 2 pods",
                        minimum.origin),
                   "a minimum of 2", std::to_string(*minimum.value));
}

Verdicts evaluate_autoscaler(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const WorkloadControls& workload : installation.kubernetes.workloads) {
    // Data stores do not scale by replicas.
    if (packaged_port(workload.component)) {
      verdicts.push_back(
          attributed_to(autoscaler_verdict(workload), workload.component, workload.object));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check autoscaler{
    .id = "kubernetes-controls-autoscaler",
    .title = "Every service has an autoscaler that keeps at least 2 pods",
    .area = Area::kubernetes_controls,
    .severity = Severity::low,
    .evidence = Source::kubernetes,
    .why = "Under load a fixed number of pods responds late or not at all.",
    .remediation = "Add a HorizontalPodAutoscaler or ScaledObject with a minimum of 2.",
    .reference = "https://kubernetes.io/docs/concepts/workloads/autoscaling/",
    .rule = &evaluate_autoscaler,
};
}  // namespace compliance::kubernetes_controls
