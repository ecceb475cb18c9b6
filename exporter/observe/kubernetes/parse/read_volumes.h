// Reads the volumes of a pod as mounts of its containers.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "checks/facts/container.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {

// A volume as each container that mounts it sees it; a projected one has a Mount for each source.
// Targets are empty.
struct Volume {
  std::string name{};
  std::vector<Mount> mounts{};
  unsigned containers = 0;  // how many containers of the pod mount it
};

// The volumes of one pod by name. Of several with one name the first counts.
class PodVolumes {
 public:
  // Reads `volumes` of the pod and the names of `claim_templates` of a StatefulSet; an absent node
  // for other kinds.
  PodVolumes(ManifestReader& reader, const Node& pod, const Node& claim_templates);

  // Notes which volumes `container` uses; asked for each container before mounts_of. Only so can a
  // volume know that two containers share it.
  void count(ManifestReader& reader, const Node& container);
  // The mounts of `container` with their targets, in order of volumeMounts. A name without a volume
  // gives a mount of unknown kind, "missing".
  std::vector<Mount> mounts_of(ManifestReader& reader, const Node& container) const;
  // What the pod declares and none of the counted containers mounts.
  std::vector<Mount> unmounted() const;

 private:
  void add(Volume volume);

  std::vector<Volume> volumes_{};
  std::unordered_map<std::string, std::size_t> by_name_{};
};

}  // namespace compliance::kubernetes
