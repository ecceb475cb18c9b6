// Whether the file that a secret is read from is on a secret's mount.
#include "checks/caracal/secret_mount.h"

#include <algorithm>

#include "checks/caracal/mounts.h"
#include "checks/caracal/secret_inventory.h"

namespace compliance {
namespace {

// A Secret that is mounted whole may have any item.
bool has_item(const Mount& mount, const std::string& path) {
  const std::string wanted = path_in_volume(mount, path);
  return mount.files.empty() ||
         std::any_of(mount.files.begin(), mount.files.end(),
                     [&](const MountedFile& file) { return file.path == wanted; });
}

// What this mount alone makes of a path that lies in it.
SecretProvision provision_by(const Mount& mount, const std::string& path) {
  switch (mount.kind) {
    case MountKind::compose_secret:
      return mount.target == path ? SecretProvision::provided : SecretProvision::missing_in_secret;
    case MountKind::kubernetes_secret:
      return has_item(mount, path) ? SecretProvision::provided : SecretProvision::missing_in_secret;
    case MountKind::bind:
      // A bind that the container can write to lets it replace its own keys.
      return mount.read_only ? SecretProvision::provided : SecretProvision::writable_bind;
    case MountKind::csi:
      return SecretProvision::provided;
    // An agent of a secret manager fills such a directory from a second container.
    case MountKind::memory_dir:
      return mount.shared_in_pod ? SecretProvision::provided : SecretProvision::not_a_secret;
    case MountKind::compose_config:
    case MountKind::named_volume:
    case MountKind::tmpfs:
    case MountKind::config_map:
    case MountKind::downward_api:
    case MountKind::service_account:
    case MountKind::pod_certificate:
    case MountKind::empty_dir:
    case MountKind::host_path:
    case MountKind::persistent_claim:
    case MountKind::other_volume:
      return SecretProvision::not_a_secret;
  }
  return SecretProvision::not_a_secret;
}

// A projected volume is several mounts with one target. One that lists its files without this one
// does not provide it.
bool is_another_source(const Mount& mount, const std::string& path) {
  return mount.kind != MountKind::kubernetes_secret && !mount.files.empty() &&
         !has_item(mount, path);
}

}  // namespace

std::string_view secret_setting(Component component, std::string_view variable) {
  constexpr std::string_view ending = "_FILE";
  if (variable.size() <= ending.size() || !variable.ends_with(ending)) {
    return {};
  }
  const std::string_view name = variable.substr(0, variable.size() - ending.size());
  const bool read = secret_of_variable(name) != nullptr && reads_secret(component, name);
  return read ? name : std::string_view{};
}

// A mount with a fault may lie elsewhere, or nowhere.
const Mount* decided_mount_for(const Container& container, const std::string& path) {
  const Mount* nearest = mount_for(container, path);
  return nearest == nullptr || nearest->fault ? nullptr : nearest;
}

SecretProvision provision_of(const Container& container, const std::string& path) {
  const Mount* nearest = decided_mount_for(container, path);
  const bool undecided = undecided_mount(container) != nullptr;
  if (nearest == nullptr) {
    return undecided ? SecretProvision::undecided : SecretProvision::not_mounted;
  }
  SecretProvision result = SecretProvision::not_mounted;
  for (const Mount& mount : container.mounts) {
    if (mount.target != nearest->target || is_another_source(mount, path)) {
      continue;
    }
    const SecretProvision provision = provision_by(mount, path);
    if (provision == SecretProvision::provided) {
      return provision;
    }
    // Of several sources, the one that is no secret says more than a missing item.
    if (result == SecretProvision::not_mounted || provision != SecretProvision::missing_in_secret) {
      result = provision;
    }
  }
  return undecided ? SecretProvision::undecided : result;
}

const Mount* undecided_mount(const Container& container) {
  for (const Mount& mount : container.mounts) {
    if (mount.fault) {
      return &mount;
    }
  }
  return nullptr;
}

std::string_view name_of(SecretProvision provision) {
  switch (provision) {
    case SecretProvision::provided:
      return "a secret's mount";
    case SecretProvision::not_mounted:
      return "no mount";
    case SecretProvision::missing_in_secret:
      return "no such item";
    case SecretProvision::writable_bind:
      return "a writable bind";
    case SecretProvision::not_a_secret:
      return "another mount";
    case SecretProvision::undecided:
      return "an undecided mount";
  }
  return "";
}

std::string_view fault_of(SecretProvision provision) {
  switch (provision) {
    case SecretProvision::provided:
    case SecretProvision::undecided:
      return "";
    case SecretProvision::not_mounted:
      return "that no mount of the container provides";
    case SecretProvision::missing_in_secret:
      return "that the secret mounted there does not contain";
    case SecretProvision::writable_bind:
      return "on a bind mount that the container can write to";
    case SecretProvision::not_a_secret:
      return "on a mount that does not come from a secret";
  }
  return "";
}

}  // namespace compliance
