// A directory that lives as long as the object, for tests that need files.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is not in <cstdlib>

namespace compliance::test {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "compliance-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) {
      path_ = name;
    }
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  TemporaryDirectory(TemporaryDirectory&&) = delete;
  TemporaryDirectory& operator=(TemporaryDirectory&&) = delete;

  std::string path_of(std::string_view name) const { return (path_ / name).string(); }

  // Writes a file in place of the one that was there, as a rotation does; returns its path.
  std::string write(std::string_view name, std::string_view content) const {
    auto path = path_of(name);
    const auto fresh = path + ".new";
    {
      std::ofstream file(fresh, std::ios::binary);
      file.write(content.data(), static_cast<std::streamsize>(content.size()));
    }
    std::filesystem::rename(fresh, path);
    return path;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace compliance::test
