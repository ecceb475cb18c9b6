// Services and ServiceAccounts.
#pragma once

#include "exporter/observe/kubernetes/manifest_reader.h"
#include "exporter/observe/kubernetes/objects.h"

namespace compliance::kubernetes {

OpenService read_service(ManifestReader& reader, const Node& object, Metadata metadata);
ServiceAccount read_service_account(ManifestReader& reader, const Node& object, Metadata metadata);

}  // namespace compliance::kubernetes
