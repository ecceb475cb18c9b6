// Reads Ingresses and OpenShift Routes: objects that state hosts, TLS and backends themselves.
#pragma once

#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// One route for each rule and one for the default backend. Reads networking.k8s.io/v1 and the
// shapes of the beta versions before it.
std::vector<UnresolvedRoute> read_ingress(ManifestReader& reader, const Node& object,
                                          const Metadata& metadata);

// A Route of route.openshift.io, with all backends that it shares its traffic among. Any
// termination means TLS for the browser.
std::vector<UnresolvedRoute> read_openshift_route(ManifestReader& reader, const Node& object,
                                                  const Metadata& metadata);

}  // namespace compliance::kubernetes
