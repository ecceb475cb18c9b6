// Secrets, SealedSecrets, ExternalSecrets and ConfigMaps: which keys, in which form.
#pragma once

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// The text of a Secret is looked at and dropped; that of a ConfigMap is kept for variables.
UnresolvedStore read_secret(ManifestReader& reader, const Node& object, const Metadata& metadata);
UnresolvedStore read_config_map(ManifestReader& reader, const Node& object,
                                const Metadata& metadata);
UnresolvedStore read_sealed_secret(ManifestReader& reader, const Node& object,
                                   const Metadata& metadata);
UnresolvedStore read_external_secret(ManifestReader& reader, const Node& object,
                                     const Metadata& metadata);

}  // namespace compliance::kubernetes
