// libyaml's events, and its error messages in the exporter's words. libyaml's messages are fixed
// phrases, so they never quote the text.
#include "exporter/observe/document/event_reader.h"

#include <algorithm>
#include <string>

namespace compliance::document {
namespace {

// Columns count characters, so the bytes that continue one are left out.
bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

std::uint32_t from_one(std::size_t counted_from_zero) {
  return static_cast<std::uint32_t>(counted_from_zero + 1);
}

}  // namespace

EventReader::EventReader(std::string_view text)
    : text_(text), ready_(yaml_parser_initialize(&parser_) == 1) {
  if (ready_) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): libyaml takes unsigned bytes
    const auto* bytes = reinterpret_cast<const unsigned char*>(text_.data());
    yaml_parser_set_input_string(&parser_, bytes, text_.size());
  }
}

EventReader::~EventReader() {
  if (ready_) {
    yaml_parser_delete(&parser_);
  }
}

bool EventReader::next(Event& event) {
  return ready_ && yaml_parser_parse(&parser_, event.raw()) == 1;
}

// libyaml's context is the begin of the construct in which the problem was found; operators often
// need that line more.
DocumentError EventReader::error() const {
  if (!ready_ || parser_.error == YAML_MEMORY_ERROR) {
    return {UnknownReason::internal_error, 1, 1, "no memory to read the text"};
  }
  if (parser_.error == YAML_READER_ERROR) {
    return encoding_error();
  }
  std::string message = "not YAML: ";
  message += parser_.problem == nullptr ? "malformed" : parser_.problem;
  if (parser_.context != nullptr) {
    message += ' ';
    message += parser_.context;
    message += ", which starts on line " + std::to_string(from_one(parser_.context_mark.line));
  }
  return {UnknownReason::unparsable, from_one(parser_.problem_mark.line),
          from_one(parser_.problem_mark.column), message};
}

// libyaml states only the byte for these.
DocumentError EventReader::encoding_error() const {
  const std::string_view before = text_.substr(0, parser_.problem_offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::string_view last_line = before.substr(before.rfind('\n') + 1);
  const auto characters = std::count_if(last_line.begin(), last_line.end(), begins_character);
  std::string message = "not readable as text: ";
  message += parser_.problem == nullptr ? "malformed" : parser_.problem;
  return {UnknownReason::unparsable, from_one(static_cast<std::size_t>(lines)),
          from_one(static_cast<std::size_t>(characters)), message};
}

}  // namespace compliance::document
