// Which files a list of files, directories and globs stands for.
#include "exporter/observe/kubernetes/manifest_files.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include <glob.h>

#include "exporter/base/read_file.h"

namespace compliance {
namespace {

namespace fs = std::filesystem;

LocatedFault fault_at(const fs::path& path, Fault fault) {
  return {.origin = {.source = Source::kubernetes, .place = Location{path.string()}},
          .fault = std::move(fault)};
}

bool is_manifest(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

bool is_projection_detail(const fs::path& path) {
  return path.filename().string().rfind("..", 0) == 0;
}

// Adds the manifests below one directory; what cannot be listed becomes a fault.
class DirectoryWalk {
 public:
  explicit DirectoryWalk(FoundFiles& found) : found_(found) {}

  void walk(const fs::path& directory) {
    const std::size_t before = found_.files.size() + found_.faults.size();
    visit(directory);
    if (found_.files.size() + found_.faults.size() == before) {
      found_.faults.push_back(fault_at(
          directory, {.reason = UnknownReason::missing_object,
                      .message = directory.string() + " holds no *.yaml, *.yml or *.json"}));
    }
  }

 private:
  void visit(const fs::path& directory) {
    std::error_code error;
    fs::directory_iterator entry{directory, error};
    for (; !error && entry != fs::directory_iterator{}; entry.increment(error)) {
      const fs::path& path = entry->path();
      std::error_code ignored;
      if (is_projection_detail(path)) {
        continue;
      }
      if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
        visit(path);
      } else if (is_manifest(path)) {
        found_.files.push_back(path);
      }
    }
    if (error) {
      found_.faults.push_back(fault_at(directory, access_fault(directory, error.value())));
    }
  }

  FoundFiles& found_;
};

bool has_wildcard(const std::string& pattern) {
  return pattern.find_first_of("*?[") != std::string::npos;
}

void expand_glob(const std::string& pattern, FoundFiles& found) {
  glob_t matches{};
  const std::unique_ptr<glob_t, decltype(&globfree)> guard{&matches, &globfree};
  const int status = glob(pattern.c_str(), GLOB_ERR, nullptr, &matches);
  if (status == GLOB_ABORTED) {
    found.faults.push_back(fault_at(pattern, access_fault(fs::path{pattern}.parent_path(), errno)));
    return;
  }
  if (status != 0) {
    found.faults.push_back(fault_at(pattern, {.reason = UnknownReason::missing_object,
                                              .message = pattern + " matches no file"}));
    return;
  }
  for (std::size_t index = 0; index < matches.gl_pathc; ++index) {
    const fs::path path{
        matches
            .gl_pathv[index]};  // NOLINT(cppcoreguidelines-pro-bounds-pointer-arithmetic): glob_t
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
      DirectoryWalk{found}.walk(path);
    } else {
      found.files.push_back(path);
    }
  }
}

}  // namespace

FoundFiles find_manifest_files(const std::vector<std::string>& patterns) {
  FoundFiles found;
  for (const std::string& pattern : patterns) {
    std::error_code ignored;
    if (fs::is_directory(pattern, ignored)) {
      DirectoryWalk{found}.walk(pattern);
    } else if (has_wildcard(pattern) && !fs::exists(pattern, ignored)) {
      expand_glob(pattern, found);
    } else {
      found.files.emplace_back(pattern);
    }
  }
  std::sort(found.files.begin(), found.files.end());
  found.files.erase(std::unique(found.files.begin(), found.files.end()), found.files.end());
  return found;
}

}  // namespace compliance
