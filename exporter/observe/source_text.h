// Files as the observers get them, and the seam through which they ask for more.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "checks/facts/fact.h"
#include "exporter/base/read_result.h"

namespace compliance {

// A file that was read whole.
struct SourceText {
  std::string path{};  // as an operator would write it
  std::string text{};
};

// Like Fault, for parsers: with a position.
struct LocatedFault {
  Origin origin{};
  Fault fault{};

  bool operator==(const LocatedFault&) const = default;
};

template <class T>
using ParseResult = Result<T, LocatedFault>;

// Reads a file within the limits; missing_object when it is not there. Parsers that need further
// files (include, extends, env_file) call it and do no I/O of their own.
using ReadText = std::function<ReadResult<std::string>(const std::filesystem::path&)>;

}  // namespace compliance
