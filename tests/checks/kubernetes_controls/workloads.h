// Workloads for the tests of what keeps them available.
#pragma once

#include <vector>

#include "tests/support/facts.h"

namespace compliance::test {

inline WorkloadControls workload_of(Component component, std::int64_t replicas) {
  WorkloadControls workload{.object = "Deployment caracal-x",
                            .object_namespace = "caracal",
                            .component = component,
                            .origin = at(Source::kubernetes, 5, 1)};
  workload.replicas = {.value = replicas, .origin = at(Source::kubernetes, 9, 13)};
  return workload;
}

inline Autoscaler autoscaler_with(std::int64_t minimum) {
  return {.object = "HorizontalPodAutoscaler caracal-x",
          .minimum = {.value = minimum, .origin = at(Source::kubernetes, 60, 16)}};
}

inline CheckResult result_for(std::string_view id, std::vector<WorkloadControls> workloads) {
  Installation installation = kubernetes_installation({});
  installation.kubernetes.workloads = std::move(workloads);
  return result_of(id, installation);
}

inline const Fault not_a_number{.reason = UnknownReason::unparsable,
                                .message = "'replicas' is not a whole number"};

}  // namespace compliance::test
