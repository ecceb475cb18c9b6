// What plain scalars mean, as the YAML readers behind kubectl and Docker Compose take them: both
// are Go programs that know the booleans of YAML 1.1 and Go's integer literals.
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>

#include "exporter/observe/document/document.h"

namespace compliance::document {
namespace {

// !!bool, !!int and their like. Any other tag is an application's own.
constexpr std::string_view core_tags = "tag:yaml.org,2002:";
constexpr std::string_view boolean_tag = "tag:yaml.org,2002:bool";
constexpr std::string_view integer_tag = "tag:yaml.org,2002:int";

// The spellings of YAML 1.1. Any other case, such as yEs, is a text.
constexpr std::array<std::string_view, 11> true_words{"true", "True", "TRUE", "yes", "Yes", "YES",
                                                      "on",   "On",   "ON",   "y",   "Y"};
constexpr std::array<std::string_view, 11> false_words{"false", "False", "FALSE", "no", "No", "NO",
                                                       "off",   "Off",   "OFF",   "n",  "N"};

// A core tag decides the type whatever the style; a tag of an application leaves it open.
bool may_be(const Node& node, std::string_view tag) {
  const std::string_view given = node.tag();
  if (given == tag) {
    return node.is_scalar();
  }
  return node.is_plain() && given != "!" && given.substr(0, core_tags.size()) != core_tags;
}

template <class Words>
bool contains(const Words& words, std::string_view text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// Takes the prefix that names the base off `digits`. A leading zero alone means octal, as in YAML
// 1.1: 0755 is 493.
int take_base(std::string_view& digits) {
  if (digits.size() < 2 || digits.front() != '0') {
    return 10;
  }
  const char mark = digits[1];
  const bool is_hexadecimal = mark == 'x' || mark == 'X';
  const bool is_binary = mark == 'b' || mark == 'B';
  const bool is_octal = mark == 'o' || mark == 'O';
  digits.remove_prefix(is_hexadecimal || is_binary || is_octal ? 2 : 1);
  if (is_hexadecimal) {
    return 16;
  }
  return is_binary ? 2 : 8;
}

// Digits may be grouped with underscores.
std::optional<std::uint64_t> read_digits(std::string_view text, int base) {
  std::string digits{text};
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  std::uint64_t number = 0;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-bounds-pointer-arithmetic): from_chars takes pointers
  const char* end = digits.data() + digits.size();
  const auto [stopped, problem] = std::from_chars(digits.data(), end, number, base);
  if (digits.empty() || problem != std::errc{} || stopped != end) {
    return std::nullopt;
  }
  return number;
}

// Nothing when the number does not fit. The smallest one has no positive counterpart.
std::optional<std::int64_t> with_sign(std::uint64_t number, bool negative) {
  constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!negative) {
    return number <= largest ? std::optional{static_cast<std::int64_t>(number)} : std::nullopt;
  }
  if (number == largest + 1) {
    return std::numeric_limits<std::int64_t>::min();
  }
  return number <= largest ? std::optional{-static_cast<std::int64_t>(number)} : std::nullopt;
}

}  // namespace

std::optional<bool> as_boolean(const Node& node) {
  if (!may_be(node, boolean_tag)) {
    return std::nullopt;
  }
  if (contains(true_words, node.text())) {
    return true;
  }
  return contains(false_words, node.text()) ? std::optional{false} : std::nullopt;
}

std::optional<std::int64_t> as_integer(const Node& node) {
  if (!may_be(node, integer_tag)) {
    return std::nullopt;
  }
  std::string_view digits = node.text();
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) {
    digits.remove_prefix(1);
  }
  // No integer literal is longer, so long texts need not be copied.
  if (digits.empty() || digits.size() > 200 || digits.front() == '_') {
    return std::nullopt;
  }
  const int base = take_base(digits);
  const auto number = read_digits(digits, base);
  return number ? with_sign(*number, negative) : std::nullopt;
}

}  // namespace compliance::document
