// Reads the further files that Compose files name: asks for them, counts them, locates their
// faults.
#include "exporter/observe/compose/model/files.h"

#include <algorithm>
#include <utility>

namespace compliance::compose {
namespace {

// Real projects name some ten. The limit ends circles that other checks do not see.
constexpr std::size_t max_files = 1000;

}  // namespace

// Counted before it is read: files that are missing cost time too.
ReadResult<SourceText> Files::read(const std::filesystem::path& path) {
  if (++count_ > max_files) {
    return Fault{.reason = UnknownReason::limit_exceeded,
                 .message = "more than 1000 further files are named"};
  }
  if (!read_) {
    return Fault{.reason = UnknownReason::missing_object,
                 .message = "'" + path.string() + "' cannot be read here"};
  }
  auto text = read_(path);
  if (!text) {
    return text.error();
  }
  return SourceText{.path = path.string(), .text = std::move(text).value()};
}

ParseResult<SourceText> Files::read(const Value& value, const std::string& purpose) {
  if (const auto fault = unset_fault(value)) {
    return LocatedFault{.origin = value.origin, .fault = *fault};
  }
  // Compose fetches Git and OCI references. The exporter reads what is deployed here and sends no
  // such request.
  if (value.text.find("://") != std::string::npos) {
    return LocatedFault{.origin = value.origin,
                        .fault = {.reason = UnknownReason::missing_object,
                                  .message = purpose + ": a remote file is not fetched"}};
  }
  auto text = read(path_of(value));
  if (text) {
    return std::move(text).value();
  }
  Fault fault = text.error();
  // The fault of the reading would show the path, which may hold the value of a variable.
  if (value.interpolated || fault.reason == UnknownReason::missing_object) {
    fault.message =
        shown_path(value) +
        (fault.reason == UnknownReason::missing_object ? " does not exist" : " cannot be read");
  }
  fault.message = purpose + ": " + fault.message;
  return LocatedFault{.origin = value.origin, .fault = std::move(fault)};
}

ParseResult<Variables> Files::add_env_file(const std::filesystem::path& path, Variables earlier,
                                           const Lookup& outer) {
  auto text = read(path);
  if (text) {
    return parse_env_file(text.value(), std::move(earlier), outer);
  }
  if (text.error().reason == UnknownReason::missing_object) {
    return earlier;
  }
  return LocatedFault{.origin = {.source = Source::compose,
                                 .place = Location{path.string()},
                                 .line = 0,
                                 .column = 0},
                      .fault = text.error()};
}

}  // namespace compliance::compose
