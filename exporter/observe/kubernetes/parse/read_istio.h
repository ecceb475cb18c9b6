// Reads Gateways and VirtualServices of Istio (networking.istio.io).
#pragma once

#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// A Gateway with one listener for each server that takes requests; servers that only redirect are
// left out.
UnresolvedGateway read_istio_gateway(ManifestReader& reader, const Node& object,
                                     const Metadata& metadata);

// The hosts of a VirtualService and the Services behind them. Empty for one of the mesh alone:
// nobody outside reaches it.
std::vector<UnresolvedRoute> read_virtual_service(ManifestReader& reader, const Node& object,
                                                  const Metadata& metadata);

}  // namespace compliance::kubernetes
