// What keeps workloads available: replicas, spread, budgets, autoscalers.
#pragma once

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// Sets replicas and spread of a workload that was read from `object`.
void read_scale(ManifestReader& reader, const Node& object, Workload& workload);

// policy/v1, where an empty selector selects every pod, and v1beta1, where it selects none.
UnresolvedBudget read_budget(ManifestReader& reader, const Node& object, const Metadata& metadata);

// A HorizontalPodAutoscaler of any version.
UnresolvedAutoscaler read_autoscaler(ManifestReader& reader, const Node& object,
                                     const Metadata& metadata);

// A ScaledObject of KEDA.
UnresolvedAutoscaler read_scaled_object(ManifestReader& reader, const Node& object,
                                        const Metadata& metadata);

}  // namespace compliance::kubernetes
