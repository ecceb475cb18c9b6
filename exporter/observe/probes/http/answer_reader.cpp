// AnswerReader, and the decompression of gzip bodies.
#include "exporter/observe/probes/http/answer_reader.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <zlib.h>

#include "checks/formats/ascii.h"
#include "checks/formats/header_list.h"
#include "exporter/base/json_object.h"
#include "exporter/observe/probes/net/response_head.h"

namespace compliance::probes {
namespace {

using Inflation = std::unique_ptr<z_stream, decltype(&inflateEnd)>;

// Decompressed bytes at a time: the limit is tested after each.
constexpr std::size_t chunk_bytes = 16'384;
// The largest window, and gzip's wrapping alone. Source: zlib.h, inflateInit2.
constexpr int gzip_only = 15 + 16;

// Also for input that ends too early: zlib reports it as an error without further input.
Fault broken() {
  return {.reason = UnknownReason::protocol_error, .message = "its gzip body is broken or cut off"};
}

Fault too_large() {
  return {.reason = UnknownReason::limit_exceeded,
          .message = "its gzip body is larger than the limit of 1 MiB when decompressed"};
}

constexpr int min_status = 100;
constexpr int first_final_status = 200;

// A name of a field is a token (RFC 9110, 5.6.2).
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    const bool alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return alphanumeric || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
  });
}

// Bare line feeds count too, as libcurl hands them over.
std::string_view without_line_break(std::string_view line) {
  const std::size_t end = line.find_last_not_of("\r\n");
  return line.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

// The codings of all Content-Encoding headers, in the order in which they were applied, without
// "identity".
std::vector<std::string> codings_of(const HttpAnswer& answer) {
  std::vector<std::string> codings;
  for (const std::string& value : list_values(answer, "content-encoding")) {
    const std::string coding = lower_case(value);
    if (!coding.empty() && coding != "identity") {
      codings.push_back(coding);
    }
  }
  return codings;
}

// The body as it was before one gzip; x-gzip is the same coding (RFC 9110, 8.4.1.3).
ReadResult<std::string> decoded_body(const HttpAnswer& answer) {
  const auto codings = codings_of(answer);
  if (codings.empty() || answer.body.empty()) {
    return answer.body;
  }
  if (codings.size() == 1 && (codings.front() == "gzip" || codings.front() == "x-gzip")) {
    return gunzip(answer.body, max_body_bytes);
  }
  return Fault{.reason = UnknownReason::unexpected_response,
               .message = "its body is compressed although the request asked for plain bytes"};
}

}  // namespace

ReadResult<std::string> gunzip(std::string_view bytes, std::size_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, gzip_only) != Z_OK) {
    return Fault{.reason = UnknownReason::internal_error, .message = "zlib could not start"};
  }
  const Inflation owner{&stream, &inflateEnd};
  std::string input{bytes};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): zlib takes unsigned bytes
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  std::string content;
  std::array<Bytef, chunk_bytes> chunk{};
  while (true) {
    stream.next_out = chunk.data();
    stream.avail_out = static_cast<uInt>(chunk.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END) {
      return broken();
    }
    content.append(chunk.data(), chunk.data() + (chunk.size() - stream.avail_out));
    // A small body may expand to gigabytes.
    if (content.size() > limit) {
      return too_large();
    }
    if (status == Z_STREAM_END && stream.avail_in == 0) {
      return content;
    }
    // Another member follows.
    if (status == Z_STREAM_END && inflateReset(&stream) != Z_OK) {
      return broken();
    }
  }
}

bool AnswerReader::refuse(UnknownReason reason, std::string words) {
  problem_ = Fault{.reason = reason, .message = std::move(words)};
  return false;
}

bool AnswerReader::take_line(std::string_view line) {
  header_bytes_ += line.size();
  lines_ += 1;
  if (header_bytes_ > max_header_bytes) {
    return refuse(UnknownReason::limit_exceeded, "its headers exceed the limit of 64 KiB");
  }
  if (lines_ > max_header_lines) {
    return refuse(UnknownReason::limit_exceeded, "its headers exceed the limit of 1000 lines");
  }
  if (state_ == State::status_line) {
    return take_status_line(line);
  }
  if (state_ == State::header && without_line_break(line).empty()) {
    state_ = answer_.status < first_final_status ? State::status_line : State::body;
  } else if (state_ == State::header) {
    take_header(line);
  }
  return true;  // the rest is the trailer, which is not evaluated as a header
}

bool AnswerReader::take_status_line(std::string_view line) {
  if (line.size() > max_status_line_bytes) {
    return refuse(UnknownReason::limit_exceeded, "its status line exceeds the limit of 8 KiB");
  }
  const auto parsed = parse_status_line(without_line_break(line));
  if (!parsed || parsed->status < min_status) {
    return refuse(UnknownReason::protocol_error, "it does not begin with a status line of HTTP/1");
  }
  // Drops the headers of an interim answer.
  answer_ = HttpAnswer{.status = parsed->status};
  state_ = State::header;
  return true;
}

// Lines that are not field lines are skipped, as browsers do; a line that begins with white space
// continues the one before. Source: RFC 9112, 5.2.
void AnswerReader::take_header(std::string_view line) {
  if ((line.front() == ' ' || line.front() == '\t') && !answer_.headers.empty()) {
    std::string& value = answer_.headers.back().value;
    value = trimmed(value + " " + std::string{trimmed(without_line_break(line))});
    return;
  }
  auto header = parse_field_line(without_line_break(line));
  if (header && is_token(header->name)) {
    answer_.headers.push_back(*std::move(header));
  }
}

bool AnswerReader::take_body(std::string_view bytes) {
  if (state_ != State::body) {
    return refuse(UnknownReason::protocol_error, "its body begins before its header has ended");
  }
  if (answer_.body.size() + bytes.size() > max_body_bytes) {
    return refuse(UnknownReason::limit_exceeded, "its body exceeds the limit of 1 MiB");
  }
  answer_.body.append(bytes);
  return true;
}

ReadResult<HttpAnswer> AnswerReader::finish() {
  if (problem_) {
    return *problem_;
  }
  if (state_ != State::body) {
    return Fault{.reason = UnknownReason::protocol_error,
                 .message = "the connection ended in the middle of its header"};
  }
  auto body = decoded_body(answer_);
  if (!body) {
    return body.error();
  }
  answer_.body = std::move(body).value().substr(0, kept_body_bytes);
  answer_.json = read_json_object(answer_.body);
  return std::move(answer_);
}

}  // namespace compliance::probes
