// Bytes of a request's line and headers -> HttpRequest, or the status that refuses them. Pure.
#include "exporter/publish/http/request_head.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

bool is_token_character(char c) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         marks.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), &is_token_character);
}

bool is_visible_ascii(char c) { return c > ' ' && c <= '~'; }

// Field values may hold bytes above 127, but no control characters.
bool is_field_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= ' ' && byte != 127) || c == '\t';
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Cuts off and returns what stands before `separator`, or all of it.
std::string_view next_part(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

// True for "gzip" and "gzip;q=0.5", not for "gzip;q=0".
bool allows_gzip(std::string_view coding) {
  const auto name = lower_case(without_blanks(next_part(coding, ';')));
  const auto weight = lower_case(without_blanks(coding));
  const bool refused =
      weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == std::string::npos;
  return name == "gzip" && !refused;
}

bool lists_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    if (allows_gzip(next_part(accept_encoding, ','))) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool RequestHead::refuse(int status) {
  refusal_ = status;
  return true;
}

bool RequestHead::add(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [this](char byte) { return take_byte(byte); });
}

bool RequestHead::take_byte(char byte) {
  if (++bytes_ > max_bytes_) {
    return refuse(request_line_seen_ ? 431 : 414);
  }
  if (byte == '\n') {
    return line_.ends_with('\r') ? take_line() : refuse(400);
  }
  // At once, not at the end of the line: who speaks another protocol may never send one.
  if (line_.ends_with('\r') || (byte != '\r' && !is_field_character(byte))) {
    return refuse(400);
  }
  line_.push_back(byte);
  return false;
}

bool RequestHead::take_line() {
  line_.pop_back();
  const bool complete = request_line_seen_ && line_.empty();
  const bool done = complete || (request_line_seen_ ? take_header() : take_request_line());
  line_.clear();
  return done;
}

bool RequestHead::take_request_line() {
  std::string_view rest = line_;
  const auto method = next_part(rest, ' ');
  auto target = next_part(rest, ' ');
  if (!is_token(method) || !target.starts_with('/') ||
      !std::all_of(target.begin(), target.end(), &is_visible_ascii) || !rest.starts_with("HTTP/")) {
    return refuse(400);
  }
  if (rest != "HTTP/1.1" && rest != "HTTP/1.0") {
    return refuse(505);
  }
  request_.method = method;
  request_.path = next_part(target, '?');
  request_.query = target;
  request_line_seen_ = true;
  return false;
}

bool RequestHead::take_header() {
  if (++headers_ > max_headers) {
    return refuse(431);
  }
  const auto colon = line_.find(':');
  const auto name = std::string_view(line_).substr(0, colon);
  if (colon == std::string::npos || !is_token(name)) {
    return refuse(400);
  }
  return take_field(lower_case(name), without_blanks(std::string_view(line_).substr(colon + 1)));
}

bool RequestHead::take_field(std::string_view name, std::string_view value) {
  if (name == "authorization") {
    if (authorization_seen_) {
      return refuse(400);
    }
    authorization_seen_ = true;
    request_.authorization = value;
  } else if (name == "accept-encoding") {
    request_.accepts_gzip = request_.accepts_gzip || lists_gzip(value);
  } else if (name == "transfer-encoding") {
    return refuse(413);
  } else if (name == "content-length") {
    if (value.empty() || !std::all_of(value.begin(), value.end(), &is_digit)) {
      return refuse(400);
    }
    if (value.find_first_not_of('0') != std::string_view::npos) {
      return refuse(413);
    }
  }
  return false;
}

}  // namespace compliance
