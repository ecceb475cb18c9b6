// Reads what keeps workloads available: replicas, spread, budgets, autoscalers.
#pragma once

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// Sets replicas and spread of a workload that was read from `object`; of kinds that are not scaled
// nothing is set.
void read_scale(ManifestReader& reader, const Node& object, Workload& workload);

// A PodDisruptionBudget of policy/v1, where an empty selector selects every pod, or of v1beta1,
// where it selects none.
UnresolvedBudget read_budget(ManifestReader& reader, const Node& object, const Metadata& metadata);

// A HorizontalPodAutoscaler of any version. Without minReplicas the minimum is 1.
UnresolvedAutoscaler read_autoscaler(ManifestReader& reader, const Node& object,
                                     const Metadata& metadata);

// A ScaledObject of KEDA. Without minReplicaCount the minimum is 0, and without a kind the target
// is a Deployment.
UnresolvedAutoscaler read_scaled_object(ManifestReader& reader, const Node& object,
                                        const Metadata& metadata);

}  // namespace compliance::kubernetes
