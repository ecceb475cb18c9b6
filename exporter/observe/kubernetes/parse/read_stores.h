// Reads Secrets, SealedSecrets, ExternalSecrets and ConfigMaps: which keys they have, in which
// form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// A Secret. The text of a key is looked at and dropped: only its properties are kept. Of one that
// SOPS encrypted as a whole the keys are not known.
UnresolvedStore read_secret(ManifestReader& reader, const Node& object, const Metadata& metadata);
// A ConfigMap. Its texts are kept, for the variables that take them; among the stored values are
// only those that may be a secret.
UnresolvedStore read_config_map(ManifestReader& reader, const Node& object,
                                const Metadata& metadata);
// A SealedSecret: its keys are known, their values encrypted but for what its template states.
UnresolvedStore read_sealed_secret(ManifestReader& reader, const Node& object,
                                   const Metadata& metadata);
// An ExternalSecret: the values come from a store elsewhere and count as encrypted here, but for
// what its template states.
UnresolvedStore read_external_secret(ManifestReader& reader, const Node& object,
                                     const Metadata& metadata);

// The generators of a Kustomization: each is a Secret or a ConfigMap with the literals that stand
// there.
std::vector<UnresolvedStore> read_generators(ManifestReader& reader, const Node& object,
                                             const Metadata& metadata);

// The bytes of standard base64 with padding, line breaks ignored; nothing for any other text. They
// may be a secret: the caller wipes them.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace compliance::kubernetes
