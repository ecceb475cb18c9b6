// One Set-Cookie header.
#include "checks/formats/set_cookie.h"

#include <algorithm>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// Limits of RFC 6265bis, 5.6: a longer pair drops the cookie, a longer attribute itself.
constexpr std::size_t max_pair_bytes = 4096;
constexpr std::size_t max_value_bytes = 1024;  // of an attribute: longer ones are ignored

// RFC 6265bis, 5.6: such a character drops the whole header; a tab does not.
bool is_forbidden_control(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return (byte < 0x20 && byte != '\t') || byte == 0x7F;
}

// Takes the text before the first separator, and moves behind it.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

// An unknown value counts as no attribute.
SameSite same_site_of(std::string_view value) {
  const std::string word = lower_case(value);
  if (word == "none") {
    return SameSite::none;
  }
  if (word == "lax") {
    return SameSite::lax;
  }
  return word == "strict" ? SameSite::strict : SameSite::unset;
}

// Attributes that matter here; all others are skipped, as unknown ones are by browsers.
void add_attribute(SetCookie& cookie, std::string_view attribute) {
  const std::string name = lower_case(trimmed(take_until(attribute, '=')));
  const std::string_view value = trimmed(attribute);
  if (value.size() > max_value_bytes) {
    return;
  }
  if (name == "secure") {
    cookie.secure = true;
  } else if (name == "httponly") {
    cookie.http_only = true;
  } else if (name == "samesite") {
    cookie.same_site = same_site_of(value);
  }
}

}  // namespace

std::optional<SetCookie> read_set_cookie(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), &is_forbidden_control)) {
    return std::nullopt;
  }
  std::string_view value = take_until(text, ';');
  // Without an equals sign the text is the value of a cookie without a name.
  const bool has_name = value.find('=') != std::string_view::npos;
  const std::string_view name = has_name ? trimmed(take_until(value, '=')) : std::string_view{};
  value = trimmed(value);
  const std::size_t size = name.size() + value.size();
  if (size == 0 || size > max_pair_bytes) {
    return std::nullopt;
  }
  SetCookie cookie{.name = std::string{name}};
  while (!text.empty()) {
    add_attribute(cookie, take_until(text, ';'));
  }
  return cookie;
}

}  // namespace compliance
