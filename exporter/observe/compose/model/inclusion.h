// Compose's `include` and `extends`: merges other files and services into a document.
#pragma once

#include <string>
#include <vector>

#include "exporter/observe/compose/model/files.h"

namespace compliance::compose {

// `document` on top of the models that its `include` names. Each has its own project directory and
// env files; what the document says of the same service, volume, network, secret or config is
// merged over what is included, as current Compose does it. `chain` holds the paths of the files
// that led here; a file among them is refused as a circle.
ParseResult<Value> with_includes(Files& files, const Value& document,
                                 const std::vector<std::string>& chain);

// `document` with every service merged over the one that it extends, in the same file or another,
// over any number of steps. Circles and services that are not there are faults.
ParseResult<Value> with_extends(Files& files, Value document);

}  // namespace compliance::compose
