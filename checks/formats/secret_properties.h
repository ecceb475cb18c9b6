// The properties of a secret that may be kept instead of it: length, alphabet, strength, patterns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace compliance {

// Patterns of key bytes that anybody can guess.
enum class KeyPattern : std::uint8_t {
  none,
  all_zero,
  repeated_byte,
  ascending,
  descending,
  alternating,     // two bytes in turn
  printable_text,  // hex of printable ASCII
};

std::string_view name_of(KeyPattern pattern);

// The parts of a URL that matter; never the password itself.
struct LooseUrl {
  std::string scheme{};  // lower case
  std::string host{};    // lower case, without brackets
  std::optional<std::uint16_t> port{};
  bool has_password = false;
  bool placeholder_password = false;
  std::string ssl_mode{};  // value of the sslmode parameter

  bool operator==(const LooseUrl&) const = default;
};

// The shape of a secret's text after trailing white space has been cut, as the product reads it.
struct SecretProperties {
  std::size_t length = 0;         // characters; 0 = empty
  bool hexadecimal = false;       // only hex digits and an even number of them
  bool base64 = false;            // not hexadecimal, but valid base64 of at least 16 bytes
  std::size_t decoded_bytes = 0;  // of hexadecimal text, else of base64 text, else 0
  double estimated_bits = 0;      // of the text, by estimated_bits()
  double key_bits = 0;            // of the decoded bytes; 0 with fewer than 12 different ones
  bool placeholder = false;       // the whole value is a well-known placeholder
  KeyPattern pattern = KeyPattern::none;  // of the decoded bytes
  std::optional<LooseUrl> url{};

  bool operator==(const SecretProperties&) const = default;
};

// Reads the shape of `text`. Pure; never fails: any bytes have a shape.
SecretProperties shape_of(std::string_view text);

// Strength estimate in bits: n x log2(alphabet), n the length after cutting to the smallest
// period, a run of equal or consecutive characters counted as 2.
double estimated_bits(std::string_view text);

// True when the whole value, lower-cased and without separators, is a word of the list of
// well-known placeholders, such a word and at most four digits, or one repeated character.
bool is_placeholder(std::string_view text);

}  // namespace compliance
