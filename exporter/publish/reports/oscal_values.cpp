// The small parts of which OSCAL documents are made.
#include "exporter/publish/reports/oscal_values.h"

#include "exporter/base/escape.h"
#include "exporter/base/uuid.h"

namespace compliance {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto property_namespace = "urn:caracal-compliance-exporter:oscal";

// 8e0a1c52-6d3f-4b7e-9f24-51c7d6a0b3e9, drawn once at random.
constexpr UuidNamespace uuid_namespace = {0x8e, 0x0a, 0x1c, 0x52, 0x6d, 0x3f, 0x4b, 0x7e,
                                          0x9f, 0x24, 0x51, 0xc7, 0xd6, 0xa0, 0xb3, 0xe9};

bool is_visible(char byte) { return byte > ' ' && byte < '\x7F'; }

// A string of OSCAL has no white space at its ends.
std::string string_value(std::string_view text) {
  const std::string line = printable(text);
  return is_visible(line.front()) && is_visible(line.back()) ? line : "\"" + line + "\"";
}

}  // namespace

std::string oscal_uuid(std::initializer_list<std::string_view> words) {
  std::string name;
  for (const std::string_view word : words) {
    // With its length, so that different words never make the same name.
    name += std::to_string(word.size()) + ":";
    name += word;
  }
  return uuid_of(uuid_namespace, name);
}

Json oscal_properties(const OscalPairs& pairs) {
  Json properties = Json::array();
  for (const auto& [name, value] : pairs) {
    if (!value.empty()) {
      properties.push_back(
          {{"name", name}, {"ns", property_namespace}, {"value", string_value(value)}});
    }
  }
  return properties;
}

}  // namespace compliance
