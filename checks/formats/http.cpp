// Reads headers and JSON members of HTTP answers.
#include "checks/formats/http.h"

#include "checks/formats/ascii.h"

namespace compliance {

std::vector<std::string_view> header_values(const HttpAnswer& answer, std::string_view name) {
  std::vector<std::string_view> values;
  for (const HttpHeader& header : answer.headers) {
    if (header.name == name) {
      values.emplace_back(header.value);
    }
  }
  return values;
}

std::string content_type(const HttpAnswer& answer) {
  const auto values = header_values(answer, "content-type");
  return values.empty() ? std::string{}
                        : lower_case(trimmed(values.front().substr(0, values.front().find(';'))));
}

// The map compares with std::less<>, so that `name` needs no copy.
const JsonValue* json_member(const HttpAnswer& answer, std::string_view name) {
  if (!answer.json) {
    return nullptr;
  }
  const auto member = answer.json->find(name);
  return member == answer.json->end() ? nullptr : &member->second;
}

}  // namespace compliance
