// Compose's `include` and `extends`: merges other files and services into a document.
#pragma once

#include <string>
#include <vector>

#include "exporter/observe/compose/model/files.h"
#include "exporter/observe/compose/model/load.h"

namespace compliance::compose {

// `document` on top of the models that its `include` names. Each has its own project directory and
// env files; what the document says of the same service, volume, network, secret or config is
// merged over what is included, its tags applied, as current Compose does it. `chain` holds the
// paths of the files that led here; a file among them is refused as a circle.
ParseResult<Value> with_includes(Files& files, const SourceDocument& document,
                                 const std::vector<std::string>& chain);

// `document` with every service merged over the one that it extends, in the same file or another,
// over any number of steps; the same for jobs. At each step the tags of the extending file act on
// what is extended: `tags` are those of the document. Circles, and services and files that are not
// there, break the service that leads to them.
Value with_extends(Files& files, Value document, const Tags& tags);

}  // namespace compliance::compose
