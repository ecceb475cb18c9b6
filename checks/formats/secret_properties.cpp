// Reads the properties of a secret's text.
#include "checks/formats/secret_properties.h"

#include <algorithm>
#include <bitset>
#include <iterator>
#include <utility>

#include "checks/formats/ascii.h"
#include "checks/formats/loose_url.h"
#include "checks/formats/secret_strength.h"
#include "checks/formats/wipe.h"

namespace compliance {
namespace {

// Shorter text is base64 by chance too often: any word of letters is.
constexpr std::size_t min_base64_bytes = 16;
// 32 random bytes have fewer than 12 different values with a chance far below one in a billion.
constexpr std::size_t min_different_bytes = 12;
constexpr double bits_per_byte = 8;

// True of an empty text.
bool only_hex_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return hex_value(c) >= 0; });
}

// Expects an even number of hex digits.
std::string decoded_hex(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t index = 0; index + 1 < text.size(); index += 2) {
    bytes += static_cast<char>(hex_value(text[index]) * 16 + hex_value(text[index + 1]));
  }
  return bytes;
}

// The six bits of a character of the standard or the URL-safe alphabet; -1 for any other.
int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') {
    return c - 'A';
  }
  if (c >= 'a' && c <= 'z') {
    return c - 'a' + 26;
  }
  if (is_digit(c)) {
    return c - '0' + 52;
  }
  if (c == '+' || c == '-') {
    return 62;
  }
  return c == '/' || c == '_' ? 63 : -1;
}

// `text` without the line breaks that encoders put in, and without right padding. Nothing when
// the padding is wrong, the alphabets are mixed or a character belongs to neither.
std::optional<std::string> base64_characters(std::string_view text) {
  std::string characters;
  characters.reserve(text.size());
  std::copy_if(text.begin(), text.end(), std::back_inserter(characters),
               [](char c) { return c != '\n' && c != '\r'; });
  const std::size_t padded = characters.size();
  characters.erase(characters.find_last_not_of('=') + 1);
  const std::size_t padding = padded - characters.size();
  const bool right_padding = padding == 0 || (padding <= 2 && padded % 4 == 0);
  const bool mixed = characters.find_first_of("+/") != std::string::npos &&
                     characters.find_first_of("-_") != std::string::npos;
  const bool known = std::all_of(characters.begin(), characters.end(),
                                 [](char c) { return base64_value(c) >= 0; });
  if (!right_padding || mixed || !known || characters.size() % 4 == 1) {
    return std::nullopt;
  }
  return characters;
}

// The bytes of base64 text, nothing when it is none. Text of hex digits alone is meant as hex.
std::optional<std::string> decoded_base64(std::string_view text) {
  auto characters = base64_characters(text);
  if (!characters || only_hex_digits(*characters)) {
    return std::nullopt;
  }
  std::string bytes;
  bytes.reserve(characters->size());
  unsigned pending = 0;
  int pending_bits = 0;
  for (const char c : *characters) {
    pending = (pending << 6U) | static_cast<unsigned>(base64_value(c));
    pending_bits += 6;
    if (pending_bits >= 8) {
      pending_bits -= 8;
      bytes += static_cast<char>((pending >> static_cast<unsigned>(pending_bits)) & 0xffU);
    }
  }
  wipe(*characters);
  return bytes.size() >= min_base64_bytes ? std::optional{std::move(bytes)} : std::nullopt;
}

// char may be signed, which would break comparisons above 0x7f.
unsigned char byte_at(std::string_view bytes, std::size_t index) {
  return static_cast<unsigned char>(bytes[index]);
}

// True when `holds` is true of every byte and the one `distance` before it.
template <class Relation>
bool all_pairs(std::string_view bytes, std::size_t distance, const Relation& holds) {
  for (std::size_t index = distance; index < bytes.size(); ++index) {
    if (!holds(byte_at(bytes, index - distance), byte_at(bytes, index))) {
      return false;
    }
  }
  return true;
}

// Wraps around at 0xff, so that a table of counted bytes is found wherever it starts.
bool ascends(unsigned char before, unsigned char after) {
  return after > before || (before == 0xff && after == 0);
}

bool descends(unsigned char before, unsigned char after) {
  return after < before || (before == 0 && after == 0xff);
}

bool is_printable(char c) { return (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t'; }

// The patterns that Go refuses for a key encryption key (FACTS.md 3.3), and text in hex, which a
// person chose. The first that applies.
KeyPattern pattern_of(std::string_view bytes) {
  const auto equal = [](unsigned char before, unsigned char after) { return before == after; };
  if (bytes.empty()) {
    return KeyPattern::none;
  }
  if (all_pairs(bytes, 1, equal)) {
    return bytes.front() == '\0' ? KeyPattern::all_zero : KeyPattern::repeated_byte;
  }
  if (all_pairs(bytes, 1, &ascends)) {
    return KeyPattern::ascending;
  }
  if (all_pairs(bytes, 1, &descends)) {
    return KeyPattern::descending;
  }
  if (all_pairs(bytes, 2, equal)) {
    return KeyPattern::alternating;
  }
  return std::all_of(bytes.begin(), bytes.end(), &is_printable) ? KeyPattern::printable_text
                                                                : KeyPattern::none;
}

// Eight bits for each byte that counts; 0 where too few bytes differ to be random.
double key_bits_of(std::string_view bytes) {
  std::bitset<256> seen;
  for (const char c : bytes) {
    seen.set(static_cast<unsigned char>(c));
  }
  return seen.count() < min_different_bytes
             ? 0
             : static_cast<double>(counted_length(bytes)) * bits_per_byte;
}

}  // namespace

// "-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN OPENSSH PRIVATE KEY-----" and their like.
bool holds_private_key(std::string_view text) {
  constexpr std::string_view begin = "-----BEGIN ";
  constexpr std::string_view end = "PRIVATE KEY";
  constexpr std::size_t longest_label = 40;
  for (std::size_t at = text.find(begin); at != std::string_view::npos;
       at = text.find(begin, at + 1)) {
    const std::string_view label = text.substr(at + begin.size(), longest_label);
    if (label.substr(0, label.find("--")).find(end) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

SecretProperties shape_of(std::string_view text) {
  // The product cuts white space at the end only (FACTS.md 3.1).
  text = text.substr(0, text.find_last_not_of(" \t\r\n\v\f") + 1);
  SecretProperties shape{.length = text.size()};
  shape.hexadecimal = !text.empty() && text.size() % 2 == 0 && only_hex_digits(text);
  std::optional<std::string> decoded;
  if (shape.hexadecimal) {
    decoded = decoded_hex(text);
  } else {
    decoded = decoded_base64(text);
    shape.base64 = decoded.has_value();
  }
  if (decoded) {
    shape.decoded_bytes = decoded->size();
    shape.key_bits = key_bits_of(*decoded);
    shape.pattern = pattern_of(*decoded);
    wipe(*decoded);
  }
  shape.estimated_bits = estimated_bits(text);
  shape.placeholder = is_placeholder(text);
  shape.private_key = holds_private_key(text);
  shape.url = url_shape_of(text);
  return shape;
}

}  // namespace compliance
