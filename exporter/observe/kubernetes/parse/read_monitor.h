// Reads ServiceMonitors and PodMonitors of the Prometheus operator.
#pragma once

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// A ServiceMonitor or PodMonitor. Keeps the endpoints whose path is one of Caracal's metrics;
// others are for sidecars.
UnresolvedMonitor read_monitor(ManifestReader& reader, const Node& object,
                               const Metadata& metadata);

}  // namespace compliance::kubernetes
