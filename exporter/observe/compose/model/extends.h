// Compose's `extends`.
#pragma once

#include "exporter/observe/compose/model/files.h"

namespace compliance::compose {

// `document` with every service merged over the one that it extends, in the same file or another,
// over any number of steps. Circles and services that are not there are faults.
ParseResult<Value> with_extends(Files& files, Value document);

}  // namespace compliance::compose
