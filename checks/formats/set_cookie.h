// One Set-Cookie header. Source: RFC 6265bis, 5.6 and 5.7.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace compliance {

// Browsers treat `unset` as Lax, with exceptions for new cookies.
enum class SameSite : std::uint8_t {
  unset,  // or a value that no browser knows
  none,
  lax,
  strict,
};

// What of a cookie matters here. Value, Domain, Path and lifetime are not kept.
struct SetCookie {
  std::string name{};
  bool secure = false;
  bool http_only = false;
  SameSite same_site = SameSite::unset;  // the last one stated

  // Values of cookies do not count.
  bool operator==(const SetCookie&) const = default;
};

// Nothing where a browser ignores the header whole: control characters, no name and no value, or
// both together beyond 4096 bytes. Repeated attributes: Secure and HttpOnly stay set, the last
// SameSite counts.
std::optional<SetCookie> read_set_cookie(std::string_view text);

}  // namespace compliance
