// Reads label selectors and refuses what the API server refuses.
#pragma once

#include <optional>

#include "checks/facts/label_selector.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// A metav1.LabelSelector (matchLabels, matchExpressions) at `key` of `parent`; nothing when it is
// missing or null, which is not the same as an empty one: that matches everything. Refuses what the
// API server does: other types, other fields, an unknown operator, In and NotIn without values,
// Exists and DoesNotExist with some.
std::optional<LabelSelector> read_label_selector(ManifestReader& reader, const Node& parent,
                                                 std::string_view key);

}  // namespace compliance::kubernetes
