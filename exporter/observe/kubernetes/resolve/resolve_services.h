// Finds which components each Service of the release leads to.
#pragma once

#include <vector>

#include "checks/facts/label_selector.h"
#include "exporter/observe/kubernetes/model/kubernetes.h"
#include "exporter/observe/kubernetes/resolve/label_index.h"

namespace compliance::kubernetes {

// Sets leads_to of every Service of the release from the pods that it selects: their components,
// but no sidecars and no one-shot jobs where the pods have a component that serves. A Service that
// selects none of them leads to the component that it is named for. `pods` are those containers.
void resolve_services(std::vector<ServiceObject>& services,
                      const std::vector<Container>& containers, const LabelIndex& pods);

// The containers of the release by the labels of their pods: the number in the index is the place
// in `containers`, which has to outlive it.
LabelIndex pods_of(const std::vector<Container>& containers);

// The labels that a Service demands of its pods.
LabelSelector selector_of(const ServiceObject& service);

}  // namespace compliance::kubernetes
