// AnswerReader: builds an HttpAnswer from the lines and bytes that libcurl hands over,
// within limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "checks/formats/http.h"
#include "exporter/observe/source_text.h"

namespace compliance::probes {

// The content of one or more gzip members (RFC 1952). Never holds more than `limit` bytes of it.
// Faults: limit_exceeded (there is more than that), protocol_error (broken or cut off).
ReadResult<std::string> gunzip(std::string_view bytes, std::size_t limit);

// Limits of one answer; more is limit_exceeded. A genuine console or service stays far
// below them. Header limits count interim answers, header and trailer together.
inline constexpr std::size_t max_header_bytes = 64U << 10U;
inline constexpr std::size_t max_header_lines = 1000;
inline constexpr std::size_t max_status_line_bytes = 8U << 10U;
inline constexpr std::size_t max_body_bytes = 1U << 20U;
// What is kept of a body. Checks read the beginnings of pages, and JSON that is far
// smaller.
inline constexpr std::size_t kept_body_bytes = 64U << 10U;

// One answer. Both take_ functions refuse with false what breaks a limit or is no HTTP;
// problem() says why then. Used by one thread at a time.
class AnswerReader {
 public:
  // A line of the header or the trailer with its line break, in the order in which they come;
  // interim answers (1xx) too.
  bool take_line(std::string_view line);

  // Bytes of the body, without the framing of transfer codings.
  bool take_body(std::string_view bytes);

  // Why a line or bytes were refused; nothing while all is well.
  const std::optional<Fault>& problem() const { return problem_; }

  // True once a status line has come.
  bool began() const { return lines_ > 0; }

  // The answer, once everything has come. A gzip body is decompressed; other codings are refused
  // (unexpected_response): the request asked for none, and what cannot be read must not look like
  // something harmless. Faults: also protocol_error where the header is not complete.
  ReadResult<HttpAnswer> finish();

 private:
  enum class State : std::uint8_t { status_line, header, body };

  // Notes the problem, and returns false for the caller to pass on.
  bool refuse(UnknownReason reason, std::string words);
  bool take_status_line(std::string_view line);
  void take_header(std::string_view line);

  HttpAnswer answer_{};
  // An interim answer goes back to `status_line`; in `body` further lines are the trailer.
  State state_ = State::status_line;
  std::size_t header_bytes_ = 0;
  std::size_t lines_ = 0;
  std::optional<Fault> problem_{};
};

}  // namespace compliance::probes
