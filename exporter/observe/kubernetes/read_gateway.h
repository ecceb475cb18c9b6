// Gateways and routes of the Gateway API.
#pragma once

#include <vector>

#include "exporter/observe/kubernetes/manifest_reader.h"
#include "exporter/observe/kubernetes/objects.h"

namespace compliance::kubernetes {

OpenGateway read_gateway(ManifestReader& reader, const Node& object, const Metadata& metadata);

// An HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or UDPRoute. Empty for one that only a mesh takes:
// it is bound to Services, not to Gateways.
std::vector<OpenRoute> read_gateway_route(ManifestReader& reader, const Node& object,
                                          const Metadata& metadata);

}  // namespace compliance::kubernetes
