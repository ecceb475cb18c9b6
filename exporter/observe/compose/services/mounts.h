// Reads `volumes`, `tmpfs`, `secrets` and `configs` of a service as mounts.
#pragma once

#include <vector>

#include "checks/facts/container.h"
#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// Everything that is mounted into the service, in the order volumes, tmpfs, secrets, configs. Of
// two volumes with one target the later counts. A named volume whose driver options bind a host
// directory is a bind mount. What Compose refuses is refused.
ParseResult<std::vector<Mount>> read_mounts(const Value& service, const Value& model);

}  // namespace compliance::compose
