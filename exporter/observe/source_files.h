// Reads the files of one source, counts them against its limits and remembers what was read.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "exporter/observe/observation.h"

namespace compliance {

// Limits of the configuration (`limits`), in bytes. They bound memory: a file is held as a whole
// while it is parsed.
struct SourceLimits {
  // The longest file; a longer one is a fault of that file.
  std::size_t max_file_bytes = 0;
  // All files of a source together.
  std::size_t max_source_bytes = 0;
};

// Lives for one reading of one source. Not safe to use from several threads. `limits` and
// `standard_input` must outlive it.
class SourceFiles {
 public:
  // `standard_input` is the text that "-" stands for; absent where it is not read.
  SourceFiles(const SourceLimits& limits, const std::optional<std::string>& standard_input)
      : limits_(limits), standard_input_(standard_input) {}

  // As read_file(); limit_exceeded too when the files of the source are too many bytes together. A
  // file that is read twice counts twice. "-" is standard input, which was read once at start and
  // has no limit of its own here.
  ReadResult<std::string> read(const std::string& path);

  const SourceLimits& limits() const { return limits_; }

  // A digest of everything that was read, in order. Files that could not be read take no part.
  std::string digest() const;

  // Where changes of the files that were asked for would show, of those that are not there too.
  const WatchPlaces& places() const { return places_; }

 private:
  const SourceLimits& limits_;
  const std::optional<std::string>& standard_input_;
  std::string digests_;
  std::size_t bytes_ = 0;
  WatchPlaces places_;
};

}  // namespace compliance
