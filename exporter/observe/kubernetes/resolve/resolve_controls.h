// Finds what keeps the workloads of the release available: autoscalers and disruption budgets.
#pragma once

#include <string>
#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/resolve/selection.h"

namespace compliance::kubernetes {

// The Deployments and StatefulSets among the selected workloads with the autoscaler that targets
// them and the budgets that select their pods. `containers` are those of the release: they say
// which component a workload is. Of several autoscalers the one with the lowest minimum counts.
std::vector<WorkloadControls> resolve_controls(const std::vector<const Objects*>& files,
                                               const Selection& selection,
                                               const std::vector<Container>& containers);

// The Namespaces among the objects that hold one of the containers, with the Pod Security level
// that they enforce; absent when they enforce none.
std::vector<ReleaseNamespace> resolve_namespaces(const std::vector<const Objects*>& files,
                                                 const std::vector<Container>& containers);

}  // namespace compliance::kubernetes
