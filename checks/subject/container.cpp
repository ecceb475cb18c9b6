// Which mount, and so which secret, provides a path in a container.
#include "checks/subject/container.h"

#include <algorithm>

namespace compliance {
namespace {

bool provides(const Mount& mount, const std::string& path) {
  if (mount.target.empty()) {
    return false;  // undecided: it is somewhere, but nobody knows where
  }
  if (mount.target == path || mount.target == "/") {
    return true;
  }
  return path.size() > mount.target.size() &&
         path.compare(0, mount.target.size(), mount.target) == 0 &&
         path[mount.target.size()] == '/';
}

SecretIdentity identity_of(const Mount& mount, const std::string& path) {
  const std::string below =
      path.size() > mount.target.size() ? path.substr(mount.target.size() + 1) : mount.sub_path;
  for (const MountedFile& file : mount.files) {
    if (file.path == below) {
      return {.secret = mount.source, .key = file.key};
    }
  }
  return {.secret = mount.source, .key = below};
}

}  // namespace

const Mount* mount_for(const Container& container, const std::string& path) {
  const Mount* best = nullptr;
  for (const Mount& mount : container.mounts) {
    if (provides(mount, path) && (best == nullptr || mount.target.size() >= best->target.size())) {
      best = &mount;
    }
  }
  return best;
}

std::optional<SecretIdentity> secret_at(const Container& container, const std::string& path) {
  const Mount* mount = mount_for(container, path);
  if (mount == nullptr) {
    return std::nullopt;
  }
  switch (mount->kind) {
    case MountKind::compose_secret:
    case MountKind::kubernetes_secret:
    case MountKind::csi:
    case MountKind::bind:
      return identity_of(*mount, path);
    case MountKind::compose_config:
    case MountKind::named_volume:
    case MountKind::tmpfs:
    case MountKind::config_map:
    case MountKind::downward_api:
    case MountKind::service_account:
    case MountKind::empty_dir:
    case MountKind::memory_dir:
    case MountKind::host_path:
    case MountKind::persistent_claim:
    case MountKind::other_volume:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace compliance
