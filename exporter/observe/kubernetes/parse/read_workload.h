// Reads workload objects as containers, with the facts that the object alone decides.
#pragma once

#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// Reads a Pod, or any kind that wraps a pod template. One without containers is refused, as by the
// API server.
Workload read_workload(ManifestReader& reader, const Node& object, Metadata metadata);

// The names of `imagePullSecrets`, of a pod's spec or a ServiceAccount.
std::vector<std::string> read_pull_secrets(ManifestReader& reader, const Node& parent);

// name, instance, component and version of app.kubernetes.io among `labels`; empty where one is
// missing.
ReleaseLabels read_release_labels(const Node& labels);

}  // namespace compliance::kubernetes
