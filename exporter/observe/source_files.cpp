// Reads the files of one source, counts them against its limits and remembers what was read.
#include "exporter/observe/source_files.h"

#include "exporter/base/digest.h"
#include "exporter/base/read_file.h"

namespace compliance {

ReadResult<std::string> SourceFiles::read(const std::string& path) {
  const bool from_input = path == "-";
  if (from_input && !standard_input_) {
    return Fault{.reason = UnknownReason::unreadable,
                 .message = "standard input (-) is read by the command check alone"};
  }
  if (!from_input) {
    // Before the file is read: a file that is missing is watched for too.
    places_.merge(places_of_file(path));
  }
  auto text = from_input ? ReadResult<std::string>{*standard_input_}
                         : read_file(path, limits_.max_file_bytes);
  if (text) {
    bytes_ += text.value().size();
    if (bytes_ > limits_.max_source_bytes) {
      return Fault{.reason = UnknownReason::limit_exceeded,
                   .message = "the files of this source are more than limits.max_source_bytes (" +
                              std::to_string(limits_.max_source_bytes) + " bytes) together"};
    }
    digests_ += sha256(text.value());
  }
  return text;
}

std::string SourceFiles::digest() const { return sha256(digests_); }

}  // namespace compliance
