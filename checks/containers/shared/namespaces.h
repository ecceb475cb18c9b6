// Whose namespaces a container lives in.
#pragma once

#include <cstdint>

#include "checks/facts/container.h"

namespace compliance {

enum class NamespaceOwner : std::uint8_t {
  own,        // its own, or that of a service of the same component
  host,       // the host's
  foreign,    // that of a container outside the project or of another component
  undecided,  // that of a service which is not among the files
};

// Whose namespace this mode makes the container use. For uts and users only the host's counts,
// and only in Compose: Kubernetes pods have the host's users unless they say otherwise.
NamespaceOwner owner_of(const Container& container, const NamespaceMode& space);

}  // namespace compliance
