// Reads Gateways and routes of the Gateway API (gateway.networking.k8s.io).
#pragma once

#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// A Gateway with the listeners of its spec. Addresses and status are not read.
UnresolvedGateway read_gateway(ManifestReader& reader, const Node& object,
                               const Metadata& metadata);

// An HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or UDPRoute. Empty for one that only a mesh takes:
// it is bound to Services, not to Gateways.
std::vector<UnresolvedRoute> read_gateway_route(ManifestReader& reader, const Node& object,
                                                const Metadata& metadata);

}  // namespace compliance::kubernetes
