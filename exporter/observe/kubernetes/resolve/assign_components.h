// Which component each container of a pod is.
#pragma once

#include <span>

#include "exporter/observe/kubernetes/model/objects.h"

namespace compliance::kubernetes {

// Sets component, injected and release of the containers of one pod. The component label and a
// configured workload name speak for one main container, not for those beside it.
void assign_components(const Workload& workload, const KubernetesOptions& options,
                       std::span<Container> containers);

// By label, else by the rules for names; a release name in front is ignored.
Component component_of_service(const UnresolvedService& service, const KubernetesOptions& options);

}  // namespace compliance::kubernetes
