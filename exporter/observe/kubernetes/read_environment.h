// env and envFrom of a container, references not yet followed.
#pragma once

#include "exporter/observe/kubernetes/manifest_reader.h"
#include "exporter/observe/kubernetes/objects.h"

namespace compliance::kubernetes {

// Fills `variables` and `sources` of the container.
void read_environment(ManifestReader& reader, const Node& container, OpenContainer& into);

}  // namespace compliance::kubernetes
