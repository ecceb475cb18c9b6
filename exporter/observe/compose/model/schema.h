// What Compose refuses at first sight: lists and mappings where others are expected.
#pragma once

#include <optional>

#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// The first value of the merged model whose form Compose refuses, of the keys that facts are read
// from; nothing when they all have a form that Compose knows. Keys that are not known here are
// left alone: a newer Compose may know them.
std::optional<LocatedFault> shape_fault(const Value& model);

}  // namespace compliance::compose
