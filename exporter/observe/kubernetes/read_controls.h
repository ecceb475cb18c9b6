// What keeps workloads available: replicas, spread, budgets, autoscalers.
#pragma once

#include "exporter/observe/kubernetes/manifest_reader.h"
#include "exporter/observe/kubernetes/objects.h"

namespace compliance::kubernetes {

// Sets replicas and spread of a workload that was read from `object`.
void read_scale(ManifestReader& reader, const Node& object, Workload& workload);

// policy/v1, where an empty selector selects every pod, and v1beta1, where it selects none.
OpenBudget read_budget(ManifestReader& reader, const Node& object, const Metadata& metadata);

// A HorizontalPodAutoscaler of any version.
OpenAutoscaler read_autoscaler(ManifestReader& reader, const Node& object,
                               const Metadata& metadata);

// A ScaledObject of KEDA.
OpenAutoscaler read_scaled_object(ManifestReader& reader, const Node& object,
                                  const Metadata& metadata);

}  // namespace compliance::kubernetes
