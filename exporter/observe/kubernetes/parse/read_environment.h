// env and envFrom of a container, references not yet followed.
#pragma once

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// Fills `variables` and `sources` of the container.
void read_environment(ManifestReader& reader, const Node& container, UnresolvedContainer& into);

}  // namespace compliance::kubernetes
