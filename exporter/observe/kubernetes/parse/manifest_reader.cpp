// Reads typed fields of manifests with their positions.
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <utility>

#include "checks/formats/ascii.h"

namespace compliance::kubernetes {
namespace {

void skip_digits(std::string_view& text) {
  while (!text.empty() && is_digit(text.front())) {
    text.remove_prefix(1);
  }
}

void skip_sign(std::string_view& text) {
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    text.remove_prefix(1);
  }
}

// Decimal fractions and exponents, as YAML 1.1 reads plain scalars. Only needed to tell texts from
// numbers: no fact is a fraction.
bool is_float(std::string_view text) {
  skip_sign(text);
  if (text == ".inf" || text == ".nan") {
    return true;
  }
  const bool has_digit = std::any_of(text.begin(), text.end(), is_digit);
  skip_digits(text);
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    skip_digits(text);
  }
  if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) {
    text.remove_prefix(1);
    skip_sign(text);
    if (text.empty()) {
      return false;
    }
    skip_digits(text);
  }
  return has_digit && text.empty();
}

std::string quoted(std::string_view field) { return "'" + std::string{field} + "'"; }

// Names the field and the type, not the value: it may be a secret in the wrong place.
Fault wrong_type(std::string_view field, const char* wanted) {
  return {.reason = UnknownReason::unparsable, .message = quoted(field) + " is not " + wanted};
}

}  // namespace

// Quotes and block styles always make a text. yes and on are booleans to kubectl's reader (YAML
// 1.1), so they are no texts without quotes.
bool is_text(const Node& node) {
  if (!node.is_scalar()) {
    return false;
  }
  if (!node.is_plain()) {
    return true;
  }
  return !document::as_boolean(node) && !document::as_integer(node) && !is_float(node.text());
}

Node stated(const Node& preferred, const Node& otherwise) {
  return preferred.is_null() ? otherwise : preferred;
}

Origin ManifestReader::origin_at(std::uint32_t line, std::uint32_t column) const {
  Origin origin{.source = Source::kubernetes, .place = place_};
  if (line != 0) {
    origin.line = line + lines_before_;
    origin.column = line == 1 ? column + columns_before_ : column;
  }
  return origin;
}

// Null counts as missing, as for the API server: a key without value is what templates often leave.
Node ManifestReader::mapping(const Node& parent, std::string_view key) {
  const Node node = parent[key];
  if (node.is_mapping()) {
    return node;
  }
  if (!node.is_null()) {
    refuse(node, quoted(key) + " is not a mapping");
  }
  return {};
}

Node ManifestReader::list(const Node& parent, std::string_view key) {
  const Node node = parent[key];
  if (node.is_sequence()) {
    return node;
  }
  if (!node.is_null()) {
    refuse(node, quoted(key) + " is not a list");
  }
  return {};
}

// Only lists and mappings are refused: a number as a name is a mistake that no fact depends on.
std::string ManifestReader::text(const Node& parent, std::string_view key) {
  const Node node = parent[key];
  if (!node.is_null() && !node.is_scalar()) {
    refuse(node, quoted(key) + " is not a text");
  }
  return std::string{node.text()};
}

bool ManifestReader::flag(const Node& parent, std::string_view key) {
  const Node node = parent[key];
  if (node.is_null()) {
    return false;
  }
  const auto value = document::as_boolean(node);
  if (!value) {
    refuse(node, quoted(key) + " is not true or false");
  }
  return value.value_or(false);
}

std::map<std::string, std::string> ManifestReader::texts(const Node& parent, std::string_view key) {
  std::map<std::string, std::string> result;
  const Node node = mapping(parent, key);
  for (std::size_t index = 0; index < node.size(); ++index) {
    result.emplace(node.key(index).text(), node.at(index).text());
  }
  return result;
}

std::uint16_t ManifestReader::port(const Node& node, std::string_view field) {
  // 0 is no port in any field that is read by this; fields where 0 means "not set" are asked for
  // that before.
  const auto number = document::as_integer(node);
  if (!number || *number < 1 || *number > std::numeric_limits<std::uint16_t>::max()) {
    refuse(node, quoted(field) + " is not a port number");
    return 0;
  }
  return static_cast<std::uint16_t>(*number);
}

Fact<bool> ManifestReader::bool_fact(const Node& value, std::string_view field,
                                     const Origin& otherwise) const {
  if (value.is_null()) {
    return {.origin = otherwise};
  }
  Fact<bool> fact{.value = document::as_boolean(value), .origin = origin_of(value)};
  if (!fact.value) {
    fact.fault = wrong_type(field, "true or false");
  }
  return fact;
}

Fact<std::int64_t> ManifestReader::int_fact(const Node& value, std::string_view field,
                                            const Origin& otherwise) const {
  if (value.is_null()) {
    return {.origin = otherwise};
  }
  Fact<std::int64_t> fact{.value = document::as_integer(value), .origin = origin_of(value)};
  if (!fact.value) {
    fact.fault = wrong_type(field, "a whole number");
  }
  return fact;
}

Fact<std::string> ManifestReader::text_fact(const Node& value, std::string_view field,
                                            const Origin& otherwise) const {
  if (value.is_null()) {
    return {.origin = otherwise};
  }
  Fact<std::string> fact{.origin = origin_of(value)};
  if (is_text(value)) {
    fact.value = std::string{value.text()};
  } else {
    fact.fault = wrong_type(field, "a text");
  }
  return fact;
}

// The key is not shown: there is no telling what stands in the wrong place.
void ManifestReader::only_keys(const Node& node, std::string_view field,
                               std::initializer_list<std::string_view> known) {
  for (std::size_t index = 0; index < node.size(); ++index) {
    if (std::find(known.begin(), known.end(), node.key(index).text()) == known.end()) {
      refuse(node.key(index), quoted(field) + " has a field that it does not know: misspelt?");
    }
  }
}

// The first one is what an operator has to mend first; later ones often follow from it.
void ManifestReader::refuse(const Node& node, std::string message) {
  if (!refusal_) {
    refusal_ =
        LocatedFault{.origin = origin_of(node),
                     .fault = {.reason = UnknownReason::unparsable, .message = std::move(message)}};
  }
}

}  // namespace compliance::kubernetes
