// Foreign text made safe for outputs.
#include "exporter/base/escape.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace compliance {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

struct Character {
  char32_t value = 0;
  std::size_t length = 1;  // bytes
};

// What a first byte says of a sequence: its length, its payload, the smallest value it may have.
struct Lead {
  std::size_t length = 1;
  char32_t payload = 0;
  char32_t smallest = 0;
};

std::optional<Lead> lead_of(unsigned char byte) {
  if (byte < 0x80U) {
    return Lead{.length = 1, .payload = byte, .smallest = 0};
  }
  if (byte >= 0xC2U && byte <= 0xDFU) {
    return Lead{.length = 2, .payload = byte & 0x1FU, .smallest = 0x80};
  }
  if (byte >= 0xE0U && byte <= 0xEFU) {
    return Lead{.length = 3, .payload = byte & 0x0FU, .smallest = 0x800};
  }
  if (byte >= 0xF0U && byte <= 0xF4U) {
    return Lead{.length = 4, .payload = byte & 0x07U, .smallest = 0x10000};
  }
  return std::nullopt;
}

// Unicode scalar values: all code points but the surrogates.
bool is_scalar_value(char32_t value) {
  return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

// The character that `text` begins with; nothing when it begins with an invalid byte.
std::optional<Character> first_character(std::string_view text) {
  const auto lead = lead_of(static_cast<unsigned char>(text.front()));
  if (!lead || lead->length > text.size()) {
    return std::nullopt;
  }
  char32_t value = lead->payload;
  for (const char byte : text.substr(1, lead->length - 1)) {
    const auto bits = static_cast<unsigned char>(byte);
    if ((bits & 0xC0U) != 0x80U) {
      return std::nullopt;
    }
    value = (value << 6U) | (bits & 0x3FU);
  }
  // Overlong forms would be a second way to write a character that was filtered.
  if (value < lead->smallest || !is_scalar_value(value)) {
    return std::nullopt;
  }
  return Character{.value = value, .length = lead->length};
}

// Calls `append(bytes, value)` for each character; invalid bytes come as U+FFFD, one each.
template <class Append>
void for_each_character(std::string_view text, const Append& append) {
  while (!text.empty()) {
    const auto character = first_character(text);
    if (character) {
      append(text.substr(0, character->length), character->value);
    } else {
      append(replacement_character, char32_t{0xFFFD});
    }
    text.remove_prefix(character ? character->length : 1);
  }
}

// `value` in lower-case hexadecimal with at least `digits` digits.
std::string hexadecimal(char32_t value, int digits) {
  constexpr std::string_view alphabet = "0123456789abcdef";
  std::string text;
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    text.push_back(alphabet[(value >> static_cast<unsigned>(shift)) & 0xFU]);
  }
  return text;
}

// C0, DEL and C1: terminals obey the latter, too.
bool is_control(char32_t value) { return value < 0x20 || (value >= 0x7F && value <= 0x9F); }

// Characters that are not seen but change how the rest of a line is shown.
bool is_invisible_format(char32_t value) {
  return value == 0xAD || value == 0x61C || (value >= 0x200B && value <= 0x200F) ||
         (value >= 0x2028 && value <= 0x202E) || (value >= 0x2060 && value <= 0x2069) ||
         value == 0xFEFF;
}

// Most texts are of such characters alone, and need no further look.
bool is_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char byte) { return byte >= ' ' && byte <= '~'; });
}

// The two-character escape of JSON, or 0.
char short_escape(char32_t value) {
  switch (value) {
    case U'"':
    case U'\\':
      return static_cast<char>(value);
    case U'\n':
      return 'n';
    case U'\r':
      return 'r';
    case U'\t':
      return 't';
    default:
      return 0;
  }
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  if (is_plain_ascii(text)) {
    return std::string{text};
  }
  std::string valid;
  valid.reserve(text.size());
  for_each_character(text, [&](std::string_view bytes, char32_t /*value*/) { valid += bytes; });
  return valid;
}

std::string printable(std::string_view text) {
  if (is_plain_ascii(text)) {
    return std::string{text};
  }
  std::string line;
  line.reserve(text.size());
  for_each_character(text, [&](std::string_view bytes, char32_t value) {
    if (is_control(value)) {
      line += "\\x" + hexadecimal(value, 2);
    } else if (is_invisible_format(value)) {
      line += "\\u" + hexadecimal(value, 4);
    } else {
      line += bytes;
    }
  });
  return line;
}

std::string json_string(std::string_view text) {
  std::string quoted = "\"";
  for_each_character(text, [&](std::string_view bytes, char32_t value) {
    if (const char escape = short_escape(value); escape != 0) {
      quoted.push_back('\\');
      quoted.push_back(escape);
    } else if (is_control(value) || is_invisible_format(value)) {
      quoted += "\\u" + hexadecimal(value, 4);
    } else {
      quoted += bytes;
    }
  });
  quoted.push_back('"');
  return quoted;
}

std::size_t column_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

}  // namespace compliance
