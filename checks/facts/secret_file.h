// A secret file as seen from outside its content: properties, fingerprints, permissions, age.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "checks/facts/fact.h"
#include "checks/formats/secret_properties.h"

namespace compliance {

// Keyed digest of a value with a key that lives as long as the process: equal values have equal
// fingerprints, and nothing else can be learnt from one.
using Fingerprint = std::array<std::uint8_t, 16>;

// Who may reach the file. Mode and directories have to be evaluated together: packaged files have
// 0444 in a folder of 0700 (FACTS.md 3.2, T50).
struct FilePermissions {
  std::uint32_t mode = 0;             // permission bits of the file
  std::uint32_t owner = 0;            // uid
  std::uint32_t directory_owner = 0;  // uid of the directory that holds the secrets
  // Some directory on the path refuses users who are neither its owner nor in its group.
  bool shielded_by_directory = false;

  // By numbers: names of users are not looked up.
  bool operator==(const FilePermissions&) const = default;
};

// One file of the secret directories, or one that was expected there.
struct SecretFile {
  std::string logical_name{};  // by the inventory or the configuration's `names`; else file name
  Origin origin{};             // the file
  // Not there (missing_object), not readable, too large: then the rest is empty.
  std::optional<Fault> fault{};
  SecretProperties shape{};
  Fingerprint text_fingerprint{};     // of the text without trailing white space
  Fingerprint decoded_fingerprint{};  // of the decoded bytes of hex text, else as the text's
  std::optional<FilePermissions> permissions{};
  bool projected = false;  // lies in a Kubernetes projected layout (..data)
  // The mtime. No rotation date where `projected`: a pod's start renews it (FACTS.md 13.1).
  std::optional<std::chrono::sys_seconds> changed_at{};

  // Equal fingerprints mean equal values, within one process.
  bool operator==(const SecretFile&) const = default;
};

}  // namespace compliance
