// Compose schema: the types of values that Compose accepts for each key.
#pragma once

#include <optional>

#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// The first value of the merged model whose type Compose rejects, among the keys that facts are
// read from; nothing when all have an accepted type. Keys that are unknown here are skipped: a
// newer Compose may know them.
std::optional<LocatedFault> schema_fault(const Value& model);

}  // namespace compliance::compose
