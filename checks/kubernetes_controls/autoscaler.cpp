// Every service has an autoscaler that keeps two pods.
#include "checks/check.h"
#include "checks/subject/served_port.h"

namespace compliance::kubernetes_controls {
namespace {

Verdict judge(const WorkloadControls& workload) {
  if (!workload.autoscaler) {
    return comparing(fail("no autoscaler targets it", workload.origin),
                     "an autoscaler with a minimum of 2", "none");
  }
  const Fact<std::int64_t>& minimum = workload.autoscaler->minimum;
  if (minimum.fault) {
    return unknown(*minimum.fault, minimum.origin);
  }
  return *minimum.value >= 2
             ? pass()
             : comparing(fail("its " + workload.autoscaler->object + " keeps fewer than 2 pods",
                              minimum.origin),
                         "a minimum of 2", std::to_string(*minimum.value));
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const WorkloadControls& workload : installation.workloads) {
    // Data stores do not grow by replicas.
    if (packaged_port(workload.component)) {
      verdicts.push_back(about(judge(workload), workload.component, workload.object));
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
    .evidence = Evidence::kubernetes,
    .why = "Under load a fixed number of pods answers late or not at all.",
    .remediation = "Add a HorizontalPodAutoscaler or ScaledObject with a minimum of 2.",
    .reference = "https://kubernetes.io/docs/concepts/workloads/autoscaling/",
    .rule = &evaluate,
};
}  // namespace compliance::kubernetes_controls
