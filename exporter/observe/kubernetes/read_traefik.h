// IngressRoutes of Traefik.
#pragma once

#include <vector>

#include "exporter/observe/kubernetes/manifest_reader.h"
#include "exporter/observe/kubernetes/objects.h"

namespace compliance::kubernetes {

// An IngressRoute, IngressRouteTCP or IngressRouteUDP: one route for each of its rules.
std::vector<OpenRoute> read_ingress_route(ManifestReader& reader, const Node& object,
                                          const Metadata& metadata);

}  // namespace compliance::kubernetes
