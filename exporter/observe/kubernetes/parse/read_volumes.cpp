// Reads the volumes of a pod as mounts of its containers.
#include "exporter/observe/kubernetes/parse/read_volumes.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace compliance::kubernetes {
namespace {

// A type of volume or of projected source, by its key.
struct VolumeType {
  std::string_view key{};
  MountKind kind = MountKind::other_volume;
  std::string_view source{};  // the field that names the source; empty: the volume's own name
};

// Types of the core API. All others, cloud disks for instance, are other_volume with their key as
// source.
constexpr auto volume_types = std::to_array<VolumeType>({
    {"secret", MountKind::kubernetes_secret, "secretName"},
    {"configMap", MountKind::config_map, "name"},
    {"csi", MountKind::csi, "driver"},
    {"downwardAPI", MountKind::downward_api, ""},
    {"emptyDir", MountKind::empty_dir, ""},
    {"hostPath", MountKind::host_path, "path"},
    {"persistentVolumeClaim", MountKind::persistent_claim, "claimName"},
    {"ephemeral", MountKind::persistent_claim, ""},
});

// Sources of projected volumes. Trust bundles are public like a ConfigMap, pod certificates prove
// an identity like a service account token.
constexpr auto projected_types = std::to_array<VolumeType>({
    {"secret", MountKind::kubernetes_secret, "name"},
    {"configMap", MountKind::config_map, "name"},
    {"downwardAPI", MountKind::downward_api, ""},
    {"serviceAccountToken", MountKind::service_account, "audience"},
    {"clusterTrustBundle", MountKind::config_map, "name"},
    {"podCertificate", MountKind::pod_certificate, ""},
});

template <std::size_t Size>
const VolumeType* type_named(const std::array<VolumeType, Size>& types, std::string_view key) {
  const auto* const found = std::find_if(types.begin(), types.end(),
                                         [key](const VolumeType& type) { return type.key == key; });
  return found == types.end() ? nullptr : found;
}

// A volume or a projected source has one key beside its name: its type.
std::size_t index_of_type(const Node& node) {
  std::size_t index = 0;
  while (index < node.size() && (node.key(index).text() == "name" || node.at(index).is_null())) {
    ++index;
  }
  return index;
}

// Without `items` every key of the Secret or ConfigMap becomes a file of its name; that is an empty
// list here.
std::vector<MountedFile> files_of(ManifestReader& reader, const Node& source) {
  std::vector<MountedFile> files;
  const Node items = reader.list(source, "items");
  files.reserve(items.size());
  for (std::size_t index = 0; index < items.size(); ++index) {
    files.push_back(
        {.key = reader.text(items.at(index), "key"), .path = reader.text(items.at(index), "path")});
  }
  return files;
}

// What only some types have: chosen files, memory as medium, the class of a secrets store.
void read_details(ManifestReader& reader, const Node& body, Mount& mount) {
  if (mount.kind == MountKind::kubernetes_secret || mount.kind == MountKind::config_map) {
    mount.files = files_of(reader, body);
  } else if (mount.kind == MountKind::empty_dir && body["medium"].text() == "Memory") {
    mount.kind = MountKind::memory_dir;
  } else if (mount.kind == MountKind::csi) {
    const Node provider = reader.mapping(body, "volumeAttributes")["secretProviderClass"];
    if (!provider.text().empty()) {
      mount.source = provider.text();
    }
    mount.read_only = reader.flag(body, "readOnly");
  }
}

// The mount of the typed entry of `node`; `name` is the volume's own.
template <std::size_t Size>
Mount read_volume_source(ManifestReader& reader, const Node& node,
                         const std::array<VolumeType, Size>& types, const std::string& name) {
  const std::size_t index = index_of_type(node);
  if (index == node.size()) {
    // A volume without a type is an emptyDir.
    return {.kind = MountKind::empty_dir, .source = name, .origin = reader.origin_of(node)};
  }
  const Node key = node.key(index);
  const Node body = node.at(index);
  Mount mount{.origin = reader.origin_of(key)};
  const VolumeType* type = type_named(types, key.text());
  if (type == nullptr) {
    mount.source = key.text();
    return mount;
  }
  if (!body.is_mapping()) {
    reader.refuse(body, "'" + std::string{key.text()} + "' is not a mapping");
    return mount;
  }
  mount.kind = type->kind;
  mount.source = type->source.empty() ? name : reader.text(body, type->source);
  read_details(reader, body, mount);
  return mount;
}

// A projected volume gives a mount for each of its sources, any other just one.
std::vector<Mount> read_mounts(ManifestReader& reader, const Node& volume,
                               const std::string& name) {
  const Node projected = reader.mapping(volume, "projected");
  if (!projected) {
    return {read_volume_source(reader, volume, volume_types, name)};
  }
  std::vector<Mount> mounts;
  const Node sources = reader.list(projected, "sources");
  for (std::size_t index = 0; index < sources.size(); ++index) {
    mounts.push_back(read_volume_source(reader, sources.at(index), projected_types, name));
  }
  return mounts;
}

// Targets are compared as texts.
std::string without_trailing_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') {
    path.pop_back();
  }
  return path;
}

// Storage that lives and dies with the pod.
bool is_scratch(MountKind kind) {
  return kind == MountKind::empty_dir || kind == MountKind::memory_dir;
}

// Sets where an entry of volumeMounts puts `mount`, and whether it can be written.
void place_mount(ManifestReader& reader, const Node& entry, Mount& mount) {
  mount.target = without_trailing_slash(reader.text(entry, "mountPath"));
  mount.sub_path = reader.text(entry, "subPath") + reader.text(entry, "subPathExpr");
  mount.read_only = mount.read_only || reader.flag(entry, "readOnly");
}

}  // namespace

PodVolumes::PodVolumes(ManifestReader& reader, const Node& pod, const Node& claim_templates) {
  // Templates first: the StatefulSet controller replaces volumes of the same name.
  for (std::size_t index = 0; index < claim_templates.size(); ++index) {
    const Node metadata = reader.mapping(claim_templates.at(index), "metadata");
    std::string name = reader.text(metadata, "name");
    add({.name = name,
         .mounts = {{.kind = MountKind::persistent_claim,
                     .source = name,
                     .origin = reader.origin_of(claim_templates.at(index))}}});
  }
  const Node volumes = reader.list(pod, "volumes");
  for (std::size_t index = 0; index < volumes.size(); ++index) {
    std::string name = reader.text(volumes.at(index), "name");
    std::vector<Mount> mounts = read_mounts(reader, volumes.at(index), name);
    add({.name = std::move(name), .mounts = std::move(mounts)});
  }
}

void PodVolumes::add(Volume volume) {
  if (by_name_.emplace(volume.name, volumes_.size()).second) {
    volumes_.push_back(std::move(volume));
  }
}

// A container that mounts a volume twice still counts once. Block devices count too, since they
// share the same data.
void PodVolumes::count(ManifestReader& reader, const Node& container) {
  std::set<std::string> used;
  for (const char* key : {"volumeMounts", "volumeDevices"}) {
    const Node list = reader.list(container, key);
    for (std::size_t index = 0; index < list.size(); ++index) {
      used.insert(reader.text(list.at(index), "name"));
    }
  }
  for (const std::string& name : used) {
    if (const auto volume = by_name_.find(name); volume != by_name_.end()) {
      ++volumes_[volume->second].containers;
    }
  }
}

// Only scratch volumes are marked as shared: others come from outside of the pod.
std::vector<Mount> PodVolumes::mounts_of(ManifestReader& reader, const Node& container) const {
  std::vector<Mount> result;
  const Node list = reader.list(container, "volumeMounts");
  for (std::size_t index = 0; index < list.size(); ++index) {
    const Node entry = list.at(index);
    const auto volume = by_name_.find(reader.text(entry, "name"));
    if (volume == by_name_.end()) {
      result.push_back({.source = "missing", .origin = reader.origin_of(entry)});
      place_mount(reader, entry, result.back());
      continue;
    }
    for (const Mount& mount : volumes_[volume->second].mounts) {
      result.push_back(mount);
      place_mount(reader, entry, result.back());
      result.back().shared_in_pod =
          volumes_[volume->second].containers > 1 && is_scratch(mount.kind);
    }
  }
  return result;
}

std::vector<Mount> PodVolumes::unmounted() const {
  std::vector<Mount> result;
  for (const Volume& volume : volumes_) {
    if (volume.containers == 0) {
      result.insert(result.end(), volume.mounts.begin(), volume.mounts.end());
    }
  }
  return result;
}

}  // namespace compliance::kubernetes
