// Paths of the host that a container may be given, and what they lead to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/container.h"

namespace compliance {

// The mounts of the container and the volumes of its pod that nobody mounts, in this order.
std::vector<const Mount*> volumes_of(const Container& container);

// True for a mount that is a path of the host, or may be one: its source cannot be decided.
bool may_be_host_path(const Mount& mount);

// The absolute path without double and trailing slashes, `.` and `..`; above the root is the root.
std::string normal_path(std::string_view path);

// True when the path is the control socket of a container runtime (docker, containerd, CRI-O,
// podman, cri-dockerd, their rootless and k3s forms) or a directory above one. /run and /var/run
// are the same directory. Expects a normal path.
bool reaches_runtime_socket(std::string_view path);

// True for the directories that decide about the host when a container can write to them: /,
// /root, /home, /var, /run and /var/run themselves; /etc, /proc, /sys, /dev, /boot and /usr with
// all that is below. Expects a normal path.
bool is_system_path(std::string_view path);

}  // namespace compliance
