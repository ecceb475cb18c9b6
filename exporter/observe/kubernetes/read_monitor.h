// ServiceMonitors and PodMonitors of the Prometheus operator.
#pragma once

#include "exporter/observe/kubernetes/manifest_reader.h"
#include "exporter/observe/kubernetes/objects.h"

namespace compliance::kubernetes {

// Keeps the endpoints whose path is one of Caracal's metrics; others are for sidecars.
OpenMonitor read_monitor(ManifestReader& reader, const Node& object, const Metadata& metadata);

}  // namespace compliance::kubernetes
