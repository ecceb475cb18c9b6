// Whose namespaces a container lives in.
#include "checks/containers/shared/namespaces.h"

namespace compliance {

NamespaceOwner owner_of(const Container& container, const NamespaceMode& space) {
  const bool joinable = space.kind == "network" || space.kind == "pid" || space.kind == "ipc";
  if (space.mode == "host") {
    return joinable || container.platform == Platform::compose ? NamespaceOwner::host
                                                               : NamespaceOwner::own;
  }
  if (joinable && space.mode.starts_with("container:")) {
    return NamespaceOwner::foreign;
  }
  if (joinable && space.mode.starts_with("service:")) {
    if (!space.service_component) {
      return NamespaceOwner::undecided;
    }
    return *space.service_component == container.component ? NamespaceOwner::own
                                                           : NamespaceOwner::foreign;
  }
  return NamespaceOwner::own;
}

}  // namespace compliance
