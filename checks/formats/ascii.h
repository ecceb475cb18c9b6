// Characters and texts of ASCII, which most formats of the web are written in. Unlike <cctype> none
// of this depends on the locale or fails for bytes above 0x7f.
#pragma once

#include <string>
#include <string_view>

namespace compliance {

// Each takes any byte; those beyond ASCII belong to no class.
constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }

// White space as the C locale has it: blank, \t, \n, \v, \f, \r.
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The value of a hexadecimal digit of either case; -1 of any other character.
constexpr int hex_value(char c) {
  if (is_digit(c)) {
    return c - '0';
  }
  const char small = is_letter(c) ? static_cast<char>(c | 0x20) : c;
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

constexpr bool is_hex_digit(char c) { return hex_value(c) >= 0; }

// `text` without white space at its ends.
std::string_view trimmed(std::string_view text);

// `text` in lower case; bytes beyond ASCII stay, so UTF-8 is not damaged.
std::string lower_case(std::string_view text);
// `text` in upper case; bytes beyond ASCII stay.
std::string upper_case(std::string_view text);

// True for the scheme of a URL: a letter, then letters, digits, + - and . (RFC 3986, 3.1).
bool is_scheme(std::string_view text);

// `text` with each escape %XX replaced by the byte that it stands for (RFC 3986, 2.1); a % without
// two hexadecimal digits behind it stays.
std::string percent_decoded(std::string_view text);

}  // namespace compliance
