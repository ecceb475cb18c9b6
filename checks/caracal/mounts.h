// Which mount, and so which secret, provides a path in a container.
#pragma once

#include <optional>
#include <string>

#include "checks/facts/container.h"

namespace compliance {

// The mount that provides `path` in the container: the one with the longest target that is the path
// or a directory above it; null when nothing is mounted there. Of equal targets the last.
const Mount* mount_for(const Container& container, const std::string& path);

// Where `path`, which `mount` provides, lies in the volume that is mounted, a subPath included.
std::string path_in_volume(const Mount& mount, const std::string& path);

// Which secret a file in a container comes from.
struct SecretIdentity {
  std::string secret{};  // name of the secret or of the CSI class; of a bind the file on the host
  std::string key{};     // Kubernetes and CSI; empty elsewhere

  // Equal identities mean that two containers read the same secret.
  bool operator==(const SecretIdentity&) const = default;
};

// The secret that a path is read from. Nothing when no secret is mounted there, or when it cannot
// be said which of several mounts with the same target provides it.
std::optional<SecretIdentity> secret_at(const Container& container, const std::string& path);

}  // namespace compliance
