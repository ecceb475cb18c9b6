// Makes the identity of a finding from its parts.
#include "exporter/publish/reports/finding_identity.h"

#include <nlohmann/json.hpp>

#include "checks/formats/ascii.h"
#include "exporter/base/escape.h"

namespace compliance {
namespace {

// The text as the JSON report writes it and a reader gets it back. Valid text, which is the
// usual case, needs no round trip.
std::string as_reported(std::string_view text) {
  if (valid_utf8(text) == text) {
    return std::string{text};
  }
  using Json = nlohmann::json;
  return Json::parse(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace))
      .get<std::string>();
}

// Where the number ends that the text has at `start`; `start` itself when there is none.
std::size_t end_of_number(std::string_view text, std::size_t start) {
  while (start < text.size() && is_digit(text[start])) {
    ++start;
  }
  return start;
}

// The text with the numbers of "line 12" and "lines 12 and 34" left out. Other numbers
// stay: they may be what the finding is about.
std::string without_line_numbers(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    std::size_t length = 1;
    for (const std::string_view words : {"line ", "lines "}) {
      length = text.starts_with(words) ? words.size() : length;
    }
    kept += text.substr(0, length);
    text.remove_prefix(length);
    std::size_t end = length == 1 ? 0 : end_of_number(text, 0);
    constexpr std::string_view conjunction = " and ";
    if (end > 0 && text.substr(end).starts_with(conjunction)) {
      end = end_of_number(text, end + conjunction.size());
    }
    text.remove_prefix(end);
  }
  return kept;
}

}  // namespace

std::string identity_of(const IdentityParts& parts) {
  std::string identity;
  for (const std::string_view part : {parts.installation, parts.check, parts.status,
                                      parts.component, parts.object, parts.place}) {
    // With its length, since a part may hold any byte.
    const std::string text = as_reported(part);
    identity += std::to_string(text.size()) + ":" + text;
  }
  return identity + without_line_numbers(as_reported(parts.message));
}

IdentityParts parts_of(const Finding& finding) {
  return {.status = name_of(finding.outcome),
          .component = name_of(finding.component),
          .object = finding.object,
          .place = finding.origin.place.text(),
          .message = finding.message};
}

}  // namespace compliance
