// Whether the directories above a file keep other users out.
#pragma once

#include <filesystem>

namespace compliance {

// True when some directory above the file's real place refuses users who are neither its owner nor
// in its group, by a missing search bit (x) for others. A file of mode 0444 is safe there (FACTS.md
// T50). Links are followed first. A directory whose mode cannot be read counts as one that refuses;
// false when the file itself cannot be resolved.
bool parents_deny_others(const std::filesystem::path& path);

}  // namespace compliance
