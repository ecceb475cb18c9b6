// Secrets, SealedSecrets, ExternalSecrets and ConfigMaps: which keys, in which form.
#pragma once

#include "exporter/observe/kubernetes/manifest_reader.h"
#include "exporter/observe/kubernetes/objects.h"

namespace compliance::kubernetes {

// The text of a Secret is looked at and dropped; that of a ConfigMap is kept for variables.
OpenStore read_secret(ManifestReader& reader, const Node& object, const Metadata& metadata);
OpenStore read_config_map(ManifestReader& reader, const Node& object, const Metadata& metadata);
OpenStore read_sealed_secret(ManifestReader& reader, const Node& object, const Metadata& metadata);
OpenStore read_external_secret(ManifestReader& reader, const Node& object,
                               const Metadata& metadata);

}  // namespace compliance::kubernetes
