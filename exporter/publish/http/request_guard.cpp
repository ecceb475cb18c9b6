// The guard before the HTTP library: validates the raw head of a request and bounds it.
#include "exporter/publish/http/request_guard.h"

#include <algorithm>
#include <array>
#include <utility>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// Source: RFC 9110, 9.1, and RFC 5789. 501 for others (RFC 9110, 15.6.2); what a route does not
// take is 405, which the router says.
constexpr std::array<std::string_view, 9> known_methods{
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"};

// tchar of RFC 9110, 5.6.2.
bool is_token_character(char c) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return is_letter(c) || is_digit(c) || marks.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), &is_token_character);
}

// Visible ASCII; a fragment belongs to no request, and the library would cut it off.
// Origin form alone (RFC 9112, 3.2.1): this server is no proxy.
bool is_target_character(char c) { return c > ' ' && c <= '~' && c != '#'; }

bool is_target(std::string_view text) {
  return text.starts_with('/') && std::all_of(text.begin(), text.end(), &is_target_character);
}

// Field values may hold bytes above 127, but no control characters.
bool is_field_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= ' ' && byte != 127) || c == '\t';
}

}  // namespace

bool RequestGuard::refuse(int status) {
  refusal_ = status;
  return true;
}

bool RequestGuard::add(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [this](char byte) { return take_byte(byte); });
}

// Byte by byte, so that a head is refused at its first wrong byte, however it is cut into packets.
bool RequestGuard::take_byte(char byte) {
  const bool after_return = head_.size() > line_start_ && head_.back() == '\r';
  head_.push_back(byte);
  const std::size_t max_line = in_headers_ ? max_header_line_bytes : max_request_line_bytes;
  if (head_.size() > max_bytes_ || head_.size() - line_start_ > max_line) {
    return refuse(in_headers_ ? 431 : 414);
  }
  if (byte == '\n') {
    return after_return ? take_line() : refuse(400);
  }
  // At once, not at the end of the line: a client of another protocol may never send one.
  return (after_return || (byte != '\r' && !is_field_character(byte))) && refuse(400);
}

bool RequestGuard::take_line() {
  auto line = std::string_view(head_).substr(line_start_);
  line.remove_suffix(2);
  line_start_ = head_.size();
  if (!in_headers_) {
    return take_request_line(line);
  }
  if (!line.empty()) {
    return take_header(line);
  }
  // The end of the head. Not before: a client that still sends would lose the answer.
  return known_method_ || refuse(501);
}

bool RequestGuard::take_request_line(std::string_view line) {
  const auto first = std::min(line.find(' '), line.size());
  const auto method = line.substr(0, first);
  line.remove_prefix(std::min(first + 1, line.size()));
  const auto second = std::min(line.find(' '), line.size());
  const auto target = line.substr(0, second);
  line.remove_prefix(std::min(second + 1, line.size()));
  if (!is_token(method) || !is_target(target) || !line.starts_with("HTTP/")) {
    return refuse(400);
  }
  if (line != "HTTP/1.1" && line != "HTTP/1.0") {
    return refuse(505);
  }
  in_headers_ = true;
  known_method_ =
      std::find(known_methods.begin(), known_methods.end(), method) != known_methods.end();
  return false;
}

bool RequestGuard::take_header(std::string_view line) {
  if (++headers_ > max_headers) {
    return refuse(431);
  }
  const auto colon = line.find(':');
  const auto name = line.substr(0, colon);
  if (colon == std::string_view::npos || !is_token(name)) {
    return refuse(400);
  }
  return take_field(lower_case(name), trimmed(line.substr(colon + 1)));
}

bool RequestGuard::take_field(std::string_view name, std::string_view value) {
  if (name == "authorization") {
    return std::exchange(authorization_, std::string{value}).has_value() && refuse(400);
  }
  if (name == "host") {
    return std::exchange(host_seen_, true) && refuse(400);
  }
  if (name == "content-length") {
    return take_length(value);
  }
  // It announces a body, of whatever coding, and none is taken.
  if (name == "transfer-encoding") {
    return refuse(413);
  }
  // The library would serve it; reports are small and are not cut.
  if (name == "range") {
    return refuse(416);
  }
  // The library would decode it to the name of another coding.
  return name == "accept-encoding" && value.find('%') != std::string_view::npos && refuse(400);
}

// Zero in any spelling is no body; everything else that is a number announces one.
bool RequestGuard::take_length(std::string_view value) {
  if (value.empty() || !std::all_of(value.begin(), value.end(), &is_digit)) {
    return refuse(400);
  }
  return value.find_first_not_of('0') != std::string_view::npos && refuse(413);
}

}  // namespace compliance
