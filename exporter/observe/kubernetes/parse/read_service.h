// Services and ServiceAccounts.
#pragma once

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

UnresolvedService read_service(ManifestReader& reader, const Node& object, Metadata metadata);
ServiceAccount read_service_account(ManifestReader& reader, const Node& object, Metadata metadata);

}  // namespace compliance::kubernetes
