// Which files Compose takes in a directory when it is told none.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "exporter/observe/source_text.h"

namespace compliance::compose {

// The files that Compose takes in `directory`: those that COMPOSE_FILE of its `.env` names, else
// the first of the default names with the first of the default overrides. Empty when it takes none.
// Files are asked for through `read`; one that is there and cannot be read counts.
std::vector<std::string> default_files(const std::filesystem::path& directory,
                                       const ReadText& read);

// What to tell the operator where `files`, the configured ones, are not those that Compose takes in
// the directory of the first one: an override beside it, or COMPOSE_FILE. Empty when nothing.
std::string note_on_files(const std::vector<std::string>& files, const ReadText& read);

}  // namespace compliance::compose
