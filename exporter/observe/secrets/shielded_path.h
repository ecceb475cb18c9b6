// Whether the directories above a file keep strangers out.
#pragma once

#include <filesystem>

namespace compliance {

// True when some directory above the file's real place refuses users who are neither its owner nor
// in its group.
bool parents_deny_others(const std::filesystem::path& path);

}  // namespace compliance
