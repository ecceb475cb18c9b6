// Security contexts -> what bounds a container's rights.
#pragma once

#include "checks/facts/container.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// The parts of a pod that bear on the rights of its containers; absent nodes are empty contexts.
struct PodSecurity {
  Node context{};      // spec.securityContext
  Node annotations{};  // older form of AppArmor profiles
};

// Effective values of `container`: its own securityContext over the pod's.
SecurityFacts read_security(ManifestReader& reader, const PodSecurity& pod, const Node& container);

}  // namespace compliance::kubernetes
