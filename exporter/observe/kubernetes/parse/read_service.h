// Reads Services and ServiceAccounts.
#pragma once

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// A Service with its ports, selector and exposure. The component label is its own, or the one that
// its selector demands.
UnresolvedService read_service(ManifestReader& reader, const Node& object, Metadata metadata);
// A ServiceAccount; only whether its tokens are mounted is read.
ServiceAccount read_service_account(ManifestReader& reader, const Node& object, Metadata metadata);

}  // namespace compliance::kubernetes
