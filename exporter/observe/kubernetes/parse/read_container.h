// One container of a pod.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"
#include "exporter/observe/kubernetes/parse/read_security.h"
#include "exporter/observe/kubernetes/parse/read_volumes.h"

namespace compliance::kubernetes {

// What all containers of a pod share.
struct PodContext {
  PodSecurity security{};
  std::vector<NamespaceMode> namespaces{};
  std::map<std::string, std::string> labels{};
  std::string workload{};  // "Deployment caracal-api"
  bool windows = false;
};

UnresolvedContainer read_container(ManifestReader& reader, const PodContext& pod,
                                   const PodVolumes& volumes, const Node& container);

}  // namespace compliance::kubernetes
