// Whether the file that a secret is read from is on a secret's mount.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "checks/facts/container.h"

namespace compliance {

// The setting NAME of a variable NAME_FILE, when NAME is a secret of the inventory that the
// component reads; empty for every other variable.
std::string_view secret_setting(Component component, std::string_view variable);

// How the path of a *_FILE variable is provided.
enum class SecretProvision : std::uint8_t {
  provided,           // a secret's mount provides the file
  not_mounted,        // no mount provides the path
  missing_in_secret,  // the mounted Secret has no such item
  writable_bind,      // a bind mount that the container may write to
  not_a_secret,       // a ConfigMap, a volume, ... provides it
  undecided,          // a mount that could not be decided may provide it
};

// How `path` is provided in the container. A secret's mount is a Compose secret, a read-only bind,
// a Kubernetes Secret (projected ones too), a CSI volume, or an emptyDir in memory that another
// container of the pod fills.
SecretProvision provision_of(const Container& container, const std::string& path);

// The mount that provides `path` when it is decided, else null.
const Mount* decided_mount_for(const Container& container, const std::string& path);

// The first mount of the container that could not be decided: it may provide any path. Null when
// all mounts are known.
const Mount* undecided_mount(const Container& container);

// A word or two for it, such as "a writable bind".
std::string_view name_of(SecretProvision provision);

// What is wrong, for an operator, to be read after "NAME_FILE names a file"; empty for `provided`
// and `undecided`.
std::string_view fault_of(SecretProvision provision);

}  // namespace compliance
