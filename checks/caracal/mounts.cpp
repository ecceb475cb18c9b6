// Which mount, and so which secret, provides a path in a container.
#include "checks/caracal/mounts.h"

#include <algorithm>
#include <utility>

namespace compliance {
namespace {

// The mount's target is the path or a directory above it.
bool provides(const Mount& mount, const std::string& path) {
  if (mount.target.empty()) {
    return false;  // undecided: its target is not known
  }
  if (mount.target == path || mount.target == "/") {
    return true;
  }
  return path.size() > mount.target.size() &&
         path.compare(0, mount.target.size(), mount.target) == 0 &&
         path[mount.target.size()] == '/';
}

// A mount that could not be decided and may be the one that provides `path`.
bool may_provide(const Mount& mount, const std::string& path) {
  return mount.fault && (mount.target.empty() || provides(mount, path));
}

// What one of several mounts with the same target has to do with a path.
struct Provider {
  enum class Share : std::uint8_t { none, possible, certain };

  Share share = Share::certain;
  std::optional<SecretIdentity> secret{};  // nothing for mounts that are no secret's
};

// Of a mount that is, or may be, one source of a projected volume.
Provider listing_provider(const Mount& mount, const std::string& path) {
  const std::string wanted = path_in_volume(mount, path);
  Provider provider{.share =
                        mount.files.empty() ? Provider::Share::possible : Provider::Share::none};
  std::string key = wanted;
  for (const MountedFile& file : mount.files) {
    if (file.path == wanted) {
      provider.share = Provider::Share::certain;
      key = file.key;
    }
  }
  if (mount.kind == MountKind::kubernetes_secret) {
    provider.secret = SecretIdentity{.secret = mount.source, .key = std::move(key)};
  }
  return provider;
}

Provider provider_of(const Mount& mount, const std::string& path) {
  switch (mount.kind) {
    case MountKind::compose_secret:
      return mount.target == path ? Provider{.secret = SecretIdentity{.secret = mount.source}}
                                  : Provider{};
    // A bound directory holds many secrets; the file below it tells them apart.
    case MountKind::bind: {
      const std::string below = path_in_volume(mount, path);
      return {.secret =
                  SecretIdentity{.secret = mount.source + (below.empty() ? "" : "/") + below}};
    }
    case MountKind::csi:
      return {.secret = SecretIdentity{mount.source, path_in_volume(mount, path)}};
    case MountKind::kubernetes_secret:
    case MountKind::config_map:
    case MountKind::downward_api:
      return listing_provider(mount, path);
    // One file of its own beside those of other sources.
    case MountKind::service_account:
    case MountKind::pod_certificate:
      return {.share = Provider::Share::none};
    // The rest hides what lies below it and is no secret.
    case MountKind::compose_config:
    case MountKind::named_volume:
    case MountKind::tmpfs:
    case MountKind::empty_dir:
    case MountKind::memory_dir:
    case MountKind::host_path:
    case MountKind::persistent_claim:
    case MountKind::other_volume:
      return {};
  }
  return {};
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

// The root needs no further slash behind it.
std::string path_in_volume(const Mount& mount, const std::string& path) {
  const std::size_t above = mount.target == "/" ? 1 : mount.target.size() + 1;
  const std::string below = path.size() > above ? path.substr(above) : std::string{};
  if (mount.sub_path.empty() || below.empty()) {
    return mount.sub_path + below;
  }
  return mount.sub_path + "/" + below;
}

std::optional<SecretIdentity> secret_at(const Container& container, const std::string& path) {
  const Mount* nearest = mount_for(container, path);
  // Any undecided mount may lie nearer to the path than the one found.
  if (nearest == nullptr ||
      std::any_of(container.mounts.begin(), container.mounts.end(),
                  [&](const Mount& mount) { return may_provide(mount, path); })) {
    return std::nullopt;
  }
  std::vector<Provider> possible;
  for (const Mount& mount : container.mounts) {
    if (mount.target != nearest->target) {
      continue;
    }
    Provider provider = provider_of(mount, path);
    if (provider.share == Provider::Share::certain) {
      return provider.secret;
    }
    if (provider.share == Provider::Share::possible) {
      possible.push_back(std::move(provider));
    }
  }
  // A Secret without a list of items may hold any file, so one candidate alone decides.
  return possible.size() == 1 ? possible.front().secret : std::nullopt;
}

}  // namespace compliance
