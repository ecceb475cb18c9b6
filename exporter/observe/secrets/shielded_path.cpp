// Whether the directories above a file keep other users out.
#include "exporter/observe/secrets/shielded_path.h"

#include <sys/stat.h>

namespace compliance {

bool parents_deny_others(const std::filesystem::path& path) {
  std::error_code failed;
  std::filesystem::path directory = std::filesystem::canonical(path, failed);
  while (!failed && directory.has_relative_path()) {
    directory = directory.parent_path();
    struct stat status {};
    if (::stat(directory.c_str(), &status) != 0 || (status.st_mode & S_IXOTH) == 0) {
      return true;
    }
  }
  return false;
}

}  // namespace compliance
