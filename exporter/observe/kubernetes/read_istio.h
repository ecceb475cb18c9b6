// Gateways and VirtualServices of Istio.
#pragma once

#include <vector>

#include "exporter/observe/kubernetes/manifest_reader.h"
#include "exporter/observe/kubernetes/objects.h"

namespace compliance::kubernetes {

OpenGateway read_istio_gateway(ManifestReader& reader, const Node& object,
                               const Metadata& metadata);

// Empty for a VirtualService of the mesh alone.
std::vector<OpenRoute> read_virtual_service(ManifestReader& reader, const Node& object,
                                            const Metadata& metadata);

}  // namespace compliance::kubernetes
