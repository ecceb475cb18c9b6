// Paths of the host that a container may be given.
#include "checks/containers/shared/host_path.h"

#include <algorithm>
#include <array>

namespace compliance {
namespace {

// Default sockets of the runtimes, below /run; * is one directory of any name.
constexpr auto runtime_sockets = std::to_array<std::string_view>({
    "docker.sock",
    "containerd/containerd.sock",
    "crio/crio.sock",
    "podman/podman.sock",
    "k3s/containerd/containerd.sock",
    "cri-dockerd.sock",
    "user/*/docker.sock",
    "user/*/podman/podman.sock",
});

// How sockets are named wherever they lie.
constexpr auto socket_names = std::to_array<std::string_view>({
    "docker.sock",
    "dockerd.sock",
    "containerd.sock",
    "containerd.sock.ttrpc",
    "crio.sock",
    "podman.sock",
});

// Directories whose content is often mounted for good reasons, such as /var/lib/NAME.
constexpr auto guarded_alone =
    std::to_array<std::string_view>({"/", "/root", "/home", "/var", "/run", "/var/run"});

// Directories where any part that can be written to decides about the host.
constexpr auto guarded_with_content =
    std::to_array<std::string_view>({"/etc", "/proc", "/sys", "/dev", "/boot", "/usr"});

// The parts of a path between slashes.
using Parts = std::vector<std::string_view>;

// Resolves . and .. by text alone: symbolic links of the host are not visible.
Parts parts_of(std::string_view path) {
  Parts parts;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part == ".." && !parts.empty()) {
      parts.pop_back();
    } else if (!part.empty() && part != "." && part != "..") {
      parts.push_back(part);
    }
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return parts;
}

// True when mounting `path` mounts the socket too.
bool is_at_or_above(const Parts& path, const Parts& socket) {
  return path.size() <= socket.size() &&
         std::equal(path.begin(), path.end(), socket.begin(),
                    [](std::string_view part, std::string_view wanted) {
                      return wanted == "*" || part == wanted;
                    });
}

// For one of the two names of the run directory.
bool is_at_or_above_socket(const Parts& path, std::string_view run_directory) {
  return std::any_of(runtime_sockets.begin(), runtime_sockets.end(), [&](std::string_view socket) {
    const std::string full = std::string{run_directory} + "/" + std::string{socket};
    return is_at_or_above(path, parts_of(full));
  });
}

// Compares whole parts: /etcetera is not below /etc.
bool is_at_or_below(std::string_view path, std::string_view directory) {
  return path.starts_with(directory) &&
         (path.size() == directory.size() || path[directory.size()] == '/');
}

}  // namespace

std::vector<const Mount*> volumes_of(const Container& container) {
  std::vector<const Mount*> volumes;
  for (const std::vector<Mount>* mounts : {&container.mounts, &container.unmounted_volumes}) {
    for (const Mount& mount : *mounts) {
      volumes.push_back(&mount);
    }
  }
  return volumes;
}

bool may_be_host_path(const Mount& mount) {
  const bool open = mount.kind == MountKind::named_volume || mount.kind == MountKind::other_volume;
  return mount.kind == MountKind::bind || mount.kind == MountKind::host_path ||
         (open && mount.fault.has_value());
}

std::string normal_path(std::string_view path) {
  std::string normal;
  for (const std::string_view part : parts_of(path)) {
    normal += '/';
    normal += part;
  }
  return normal.empty() ? "/" : normal;
}

bool reaches_runtime_socket(std::string_view path) {
  const Parts parts = parts_of(path);
  return is_at_or_above_socket(parts, "/run") || is_at_or_above_socket(parts, "/var/run") ||
         std::any_of(socket_names.begin(), socket_names.end(),
                     [path](std::string_view name) { return path.ends_with(name); });
}

bool is_system_path(std::string_view path) {
  return std::find(guarded_alone.begin(), guarded_alone.end(), path) != guarded_alone.end() ||
         std::any_of(
             guarded_with_content.begin(), guarded_with_content.end(),
             [path](std::string_view directory) { return is_at_or_below(path, directory); });
}

}  // namespace compliance
