// Builds an answer out of the lines and bytes that come.
#include "exporter/observe/probes/http/answer_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "checks/formats/ascii.h"
#include "exporter/observe/probes/http/content_coding.h"

namespace compliance::probes {
namespace {

constexpr int first_final_status = 200;

// Source: RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    const bool alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return alphanumeric || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
  });
}

std::string_view without_line_break(std::string_view line) {
  const std::size_t end = line.find_last_not_of("\r\n");
  return line.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

// The status of "HTTP/1.1 200 OK"; nothing when it is no status line. Source: RFC 9112, 4.
std::optional<int> status_of(std::string_view line) {
  constexpr std::size_t digits = 3;
  const std::size_t space = line.find(' ');
  if (line.rfind("HTTP/", 0) != 0 || space == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view rest = line.substr(space + 1);
  const std::string_view number = rest.substr(0, digits);
  int status = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), status);
  const bool sound = error == std::errc{} && end == number.data() + digits && status >= 100 &&
                     (rest.size() == digits || rest[digits] == ' ');
  return sound ? std::optional{status} : std::nullopt;
}

// The codings of all Content-Encoding headers, in the order in which they were applied, without
// "identity".
std::vector<std::string> codings_of(const HttpAnswer& answer) {
  std::vector<std::string> codings;
  for (std::string_view value : header_values(answer, "content-encoding")) {
    while (!value.empty()) {
      const std::size_t comma = std::min(value.find(','), value.size());
      const std::string coding = lower_case(trimmed(value.substr(0, comma)));
      value.remove_prefix(std::min(comma + 1, value.size()));
      if (!coding.empty() && coding != "identity") {
        codings.push_back(coding);
      }
    }
  }
  return codings;
}

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
  return true;  // what is left is the trailer, which nobody judges as a header
}

bool AnswerReader::take_status_line(std::string_view line) {
  if (line.size() > max_status_line_bytes) {
    return refuse(UnknownReason::limit_exceeded, "its status line exceeds the limit of 8 KiB");
  }
  const auto status = status_of(without_line_break(line));
  if (!status) {
    return refuse(UnknownReason::protocol_error, "it does not begin with a status line of HTTP/1");
  }
  answer_ = HttpAnswer{.status = *status};
  state_ = State::header;
  return true;
}

// Lines that are no header are passed over, as browsers do; a line that begins with white space
// goes on with the one before. Source: RFC 9112, 5.2.
void AnswerReader::take_header(std::string_view line) {
  if ((line.front() == ' ' || line.front() == '\t') && !answer_.headers.empty()) {
    std::string& value = answer_.headers.back().value;
    value = trimmed(value + " " + std::string{trimmed(without_line_break(line))});
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return;
  }
  answer_.headers.push_back(
      {.name = lower_case(line.substr(0, colon)),
       .value = std::string{trimmed(without_line_break(line.substr(colon + 1)))}});
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
  return std::move(answer_);
}

}  // namespace compliance::probes
