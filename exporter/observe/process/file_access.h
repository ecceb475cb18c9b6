// Who may reach a file, and whether this process could change the evidence it reads.
#pragma once

#include <filesystem>
#include <string>

#include "checks/facts/process_posture.h"
#include "exporter/observe/watch/places.h"

namespace compliance {

// The mode and the owners of a file, links followed, and what the directories above it say. Modes
// are the twelve permission bits. Faults as of read_file().
Fact<FileAccess> read_file_access(const std::filesystem::path& path);

// Whether this process could write to one of the places, or put another file in its place; the
// origin is the first that it could. Of a directory every file in it counts. A place that is not
// there counts for nothing; when none is, the fault is missing_object.
Fact<bool> read_writable(const WatchPlaces& places);

}  // namespace compliance
