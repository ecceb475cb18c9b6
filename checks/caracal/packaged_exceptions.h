// What the packaged files give to single components beyond what every container may have.
// Source: FACTS.md 4.1.
#pragma once

#include <string_view>

#include "checks/facts/container.h"

namespace compliance {

// True when the container's component may add this capability, named as capability_name() does.
// In a pod the component comes from the pod's label; a sidecar there gets no exception.
bool may_add_capability(const Container& container, std::string_view capability);

// postgres and redis: their root file system need not be read-only.
bool may_write_root(const Container& container);

// postgres, migrate and replay-init in Compose: they start as root and give it up themselves.
bool may_start_as_root(const Container& container);

// An init container that a mesh injects to set up the pod's network: it may run as root, have a
// writable root file system, and add NET_ADMIN and NET_RAW.
bool sets_up_network(const Container& container);

}  // namespace compliance
