// Reads IngressRoutes of Traefik.
#pragma once

#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// An IngressRoute, IngressRouteTCP or IngressRouteUDP: one route for each of its rules. A rule
// without a host matcher is for every host.
std::vector<UnresolvedRoute> read_ingress_route(ManifestReader& reader, const Node& object,
                                                const Metadata& metadata);

}  // namespace compliance::kubernetes
