// Gateways and VirtualServices of Istio.
#pragma once

#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

UnresolvedGateway read_istio_gateway(ManifestReader& reader, const Node& object,
                                     const Metadata& metadata);

// Empty for a VirtualService of the mesh alone.
std::vector<UnresolvedRoute> read_virtual_service(ManifestReader& reader, const Node& object,
                                                  const Metadata& metadata);

}  // namespace compliance::kubernetes
