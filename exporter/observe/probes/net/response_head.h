// Lines of the head of an HTTP response: status line and field lines.
#pragma once

#include <optional>
#include <string_view>

#include "checks/formats/http.h"

namespace compliance::probes {

// The parts of a status line that probes look at.
struct StatusLine {
  std::string_view version{};  // what follows "HTTP/", such as "1.1": not checked
  int status = 0;              // any three digits, "000" too
};

// Reads "HTTP/VERSION STATUS", with or without a reason phrase, without its line break; the views
// point into `line`. Nothing for any other text. Source: RFC 9112, 4.
std::optional<StatusLine> parse_status_line(std::string_view line);

// Reads "NAME: VALUE" without its line break: the name in lower case, the value without white space
// around it. Nothing without a colon or with an empty name or one with white space; whether the
// name is a token is not checked. Source: RFC 9112, 5.
std::optional<HttpHeader> parse_field_line(std::string_view line);

}  // namespace compliance::probes
