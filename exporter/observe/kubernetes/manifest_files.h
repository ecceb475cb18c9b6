// Which files a list of files, directories and globs stands for.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "exporter/observe/source_text.h"

namespace compliance {

// A file that was found, or a place that could not be looked into.
struct FoundFiles {
  std::vector<std::filesystem::path> files{};  // sorted, each once
  std::vector<LocatedFault> faults{};
};

// Expands `patterns`: a directory stands for its *.yaml, *.yml and *.json files at any depth
// (names that begin with ".." are a projected volume's own and are left out), a glob for what it
// matches, anything else for itself. What matches nothing is a fault, missing_object.
FoundFiles find_manifest_files(const std::vector<std::string>& patterns);

}  // namespace compliance
