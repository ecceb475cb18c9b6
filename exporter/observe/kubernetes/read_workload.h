// Workload objects -> containers with the facts that the object alone decides.
#pragma once

#include <vector>

#include "exporter/observe/kubernetes/manifest_reader.h"
#include "exporter/observe/kubernetes/objects.h"

namespace compliance::kubernetes {

// Reads a Pod, or any kind that wraps a pod template.
Workload read_workload(ManifestReader& reader, const Node& object, Metadata metadata);

// name, instance, component and version of app.kubernetes.io among `labels`.
ReleaseLabels read_release_labels(const Node& labels);

}  // namespace compliance::kubernetes
