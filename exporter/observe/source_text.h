// Text of configured files as parsers get it, faults with a position, and the function that reads
// further files.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "checks/facts/fact.h"
#include "exporter/base/read_result.h"

namespace compliance {

// The whole text of one file.
struct SourceText {
  std::string path{};  // as an operator would write it
  std::string text{};
};

// Like Fault, for parsers: with a position. The message names keys, paths and lines, never a value
// that may be secret.
struct LocatedFault {
  Origin origin{};
  Fault fault{};

  bool operator==(const LocatedFault&) const = default;
};

// What a parser gives: the facts, or the one fault that makes the text no evidence.
template <class T>
using ParseResult = Result<T, LocatedFault>;

// Reads a file within the limits; missing_object when it is not there. Parsers that need further
// files (include, extends, env_file) call it and do no I/O of their own.
using ReadText = std::function<ReadResult<std::string>(const std::filesystem::path&)>;

}  // namespace compliance
