// What runs beside a service's own process: pre_start steps and lifecycle hooks.
#pragma once

#include <vector>

#include "checks/facts/container.h"
#include "exporter/observe/compose/model/files.h"

namespace compliance::compose {

// Each entry of `pre_start` as the container that it runs in: what it does not state is that of the
// service, but for volumes, which it takes as volumes_from would, ports and what only services
// have. Broken where the two cannot be merged.
std::vector<Value> pre_start_steps(const Value& service);

// The entries of `post_start` and `pre_stop`, which run in the service's own container. `owner` is
// for messages. Refuses what Compose refuses.
ParseResult<std::vector<LifecycleHook>> read_hooks(Files& files, const Value& service,
                                                   const std::string& owner,
                                                   const Variables& project);

}  // namespace compliance::compose
