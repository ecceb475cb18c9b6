// Secrets, SealedSecrets, ExternalSecrets and ConfigMaps: which keys, in which form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

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

// The bytes of standard base64 with padding, line breaks ignored; nothing for any other text. They
// may be a secret: the caller wipes them.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace compliance::kubernetes
