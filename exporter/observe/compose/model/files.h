// Reads the further files that Compose files name: env files, included and extended files.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "exporter/observe/compose/model/env_file.h"
#include "exporter/observe/source_text.h"

namespace compliance::compose {

// Belongs to one parse_compose call; not safe to use from several threads. `read` must outlive it.
class Files {
 public:
  explicit Files(const ReadText& read) : read_(read) {}

  // The text of `path`. Faults as ReadText gives them; limit_exceeded after 1,000 files. A file
  // that is named twice is read and counted twice.
  ReadResult<SourceText> read(const std::filesystem::path& path);

  // The file that `value` names; faults are located there, and say what it was to be used for.
  // A path that variables give is not shown.
  ParseResult<SourceText> read(const Value& value, const std::string& purpose);

  // The variables of an env file at `path` on top of `earlier`; `earlier` where it is missing. For
  // `.env`, which need not be there.
  ParseResult<Variables> add_env_file(const std::filesystem::path& path, Variables earlier,
                                      const Lookup& outer);

 private:
  const ReadText& read_;
  std::size_t count_ = 0;
};

}  // namespace compliance::compose
