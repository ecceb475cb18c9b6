// Reads secret directories and files into properties and fingerprints. No secret value leaves this
// folder.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/secret_file.h"
#include "exporter/observe/source_text.h"

namespace compliance::secrets {

// One directory of secrets.
struct SecretDirectoryContent {
  std::vector<SecretFile> files{};  // in order of name
  std::optional<Fault> fault{};     // the directory itself could not be listed
};

// Everything in `directory`: plain files (Compose layout), or the visible names of a Kubernetes
// projected layout (..data is followed, names that begin with ".." are not secrets). Directories
// inside are left alone. `names` maps file names to logical names where they differ. More than
// 10,000 files are limit_exceeded. A file longer than `max_bytes` has a fault of its own.
SecretDirectoryContent observe_secret_directory(const std::filesystem::path& directory,
                                                const std::map<std::string, std::string>& names,
                                                std::size_t max_bytes);

// One file as the secret `logical_name`; a missing one is a SecretFile with fault missing_object.
SecretFile observe_secret_file(const std::filesystem::path& path, const std::string& logical_name,
                               std::size_t max_bytes);

// The properties of a secret's bytes. White space at the end is cut, as the services cut it
// (FACTS.md 3.1). Fingerprints are comparable within this process only.
SecretFile parse_secret(std::string_view bytes, const std::string& logical_name,
                        const Origin& origin);

}  // namespace compliance::secrets
