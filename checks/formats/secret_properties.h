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

// Words for an operator, such as "ascending bytes".
std::string_view name_of(KeyPattern pattern);

// The parts of a URL that matter; never the password itself, nor the user's name.
struct LooseUrl {
  std::string scheme{};  // lower case
  std::string host{};    // lower case, without brackets
  std::optional<std::uint16_t> port{};
  bool has_password = false;
  bool placeholder_password = false;
  std::string ssl_mode{};  // value of the sslmode parameter

  // Different passwords compare equal, since they are not kept.
  bool operator==(const LooseUrl&) const = default;
};

// The properties of a secret's text after trailing white space has been cut, as the product reads
// it (FACTS.md 3.1). Nothing here gives the secret back; a rule may show any of it.
struct SecretProperties {
  std::size_t length = 0;         // characters; 0 = empty
  bool hexadecimal = false;       // only hex digits and an even number of them
  bool base64 = false;            // not hexadecimal, but valid base64 of at least 16 bytes
  std::size_t decoded_bytes = 0;  // of hexadecimal text, else of base64 text, else 0
  double estimated_bits = 0;      // of the text, by estimated_bits()
  double key_bits = 0;            // of the decoded bytes; 0 with fewer than 12 different ones
  bool placeholder = false;       // the whole value is a well-known placeholder
  bool private_key = false;       // a private key in PEM or of OpenSSH is among it
  KeyPattern pattern = KeyPattern::none;  // of the decoded bytes
  std::optional<LooseUrl> url{};

  // Equal properties do not mean equal secrets: Fingerprint tells that.
  bool operator==(const SecretProperties&) const = default;
};

// Reads the properties of `text`. Pure; never fails: any bytes have some. Copies that it makes of
// decoded bytes are wiped.
SecretProperties shape_of(std::string_view text);

// Strength estimate in bits: n x log2(alphabet), n the length after cutting to the smallest period,
// a run of equal or consecutive characters counted as 2. An upper bound: words of a language are
// weaker than it says.
double estimated_bits(std::string_view text);

// True when a block of PEM (or OpenSSH, which looks alike) in the text is a private key. Keys that
// a password protects count: it can be guessed where the file is known.
bool holds_private_key(std::string_view text);

// True when the whole value, lower-cased and without separators, is a word of the list of
// well-known placeholders, such a word and at most four digits, or one repeated character.
bool is_placeholder(std::string_view text);

}  // namespace compliance
