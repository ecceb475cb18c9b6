// Reads one container of a pod.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "checks/facts/container.h"
#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"
#include "exporter/observe/kubernetes/parse/read_volumes.h"

namespace compliance::kubernetes {

// The parts of a pod that bear on the rights of its containers; absent nodes are empty contexts.
// Nodes belong to the document of the file.
struct PodSecurity {
  Node context{};      // spec.securityContext
  Node annotations{};  // older form of AppArmor profiles
};

// Effective values of `container`: its own securityContext over the pod's (FACTS.md T63), field by
// field. What neither states is absent: defaults of the image are not known.
SecurityFacts read_security(ManifestReader& reader, const PodSecurity& pod, const Node& container);

// The options of the pod that none of its containers takes, since each states its own.
OverriddenByAll read_overridden(ManifestReader& reader, const PodSecurity& pod,
                                const std::vector<UnresolvedContainer>& containers);

// What all containers of a pod share.
struct PodContext {
  PodSecurity security{};
  std::vector<NamespaceMode> namespaces{};
  std::map<std::string, std::string> labels{};
  std::string workload{};  // "Deployment caracal-api"
  bool windows = false;
};

// One container with everything that its object decides. `volumes` has counted all containers of
// the pod by then.
UnresolvedContainer read_container(ManifestReader& reader, const PodContext& pod,
                                   const PodVolumes& volumes, const Node& container);

}  // namespace compliance::kubernetes
