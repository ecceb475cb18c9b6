// Parses lines of the head of an HTTP response.
#include "exporter/observe/probes/net/response_head.h"

#include <algorithm>
#include <string>

#include "checks/formats/ascii.h"

namespace compliance::probes {

std::optional<StatusLine> parse_status_line(std::string_view line) {
  constexpr std::string_view protocol = "HTTP/";
  constexpr std::size_t status_digits = 3;
  constexpr int base = 10;
  const std::size_t space = line.find(' ');
  if (!line.starts_with(protocol) || space == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view rest = line.substr(space + 1);
  const std::string_view digits = rest.substr(0, status_digits);
  const bool ends = rest.size() == status_digits || rest.substr(digits.size()).starts_with(' ');
  if (digits.size() != status_digits || !std::all_of(digits.begin(), digits.end(), &is_digit) ||
      !ends) {
    return std::nullopt;
  }
  StatusLine result{.version = line.substr(protocol.size(), space - protocol.size())};
  for (const char digit : digits) {
    result.status = result.status * base + (digit - '0');
  }
  return result;
}

std::optional<HttpHeader> parse_field_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 ||
      line.substr(0, colon).find_first_of(" \t") != std::string_view::npos) {
    return std::nullopt;
  }
  return HttpHeader{.name = lower_case(line.substr(0, colon)),
                    .value = std::string{trimmed(line.substr(colon + 1))}};
}

}  // namespace compliance::probes
