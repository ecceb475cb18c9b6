// URLs of http and https as browsers and Node read them, and origins. Source: WHATWG URL standard,
// FACTS.md 6.4.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "checks/formats/address.h"

namespace compliance {

// The parts of an absolute URL of http or https that rules look at.
struct WebUrl {
  std::string scheme{};  // "http" or "https"
  // Lower case, percent-decoded; addresses as browsers write them, without brackets. A dot at the
  // end of a name stays: it makes another origin.
  std::string host{};
  std::optional<Address> address{};     // of hosts that are addresses, in whatever notation
  std::optional<std::uint16_t> port{};  // absent: the scheme's own
  bool has_userinfo = false;            // a user name or a password
  bool has_path = false;                // more than "/"
  bool has_query = false;
  bool has_fragment = false;

  // Not by origin: a path makes a difference here. Compare origin_of() for that.
  bool operator==(const WebUrl&) const = default;
};

// Why a text is no such URL.
enum class WebUrlFault : std::uint8_t {
  none,
  relative,      // no scheme: the product skips such entries of lists
  other_scheme,  // another scheme than http and https
  no_host,
  bad_host,        // characters that no host may have, or a broken address
  non_ascii_host,  // a name that only IDNA can convert to ASCII
  bad_port,
};

// The result of reading a text. Where `fault` is not `none`, `url` holds only what was read before.
struct WebUrlReading {
  WebUrl url{};
  WebUrlFault fault = WebUrlFault::none;

  bool sound() const { return fault == WebUrlFault::none; }
  // Two texts that read alike compare equal.
  bool operator==(const WebUrlReading&) const = default;
};

// Reads an absolute URL of http or https as the standard does: white space at the ends, tabs and
// line breaks dropped, backslashes taken for slashes, any number of them before the host, odd
// notations of IPv4 understood. Names beyond ASCII are rejected: the exporter converts
// those that IDNA accepts to A-labels (xn--) before they get here.
WebUrlReading read_web_url(std::string_view text);

// What is wrong, to be read after the name of a variable: "is no http or https URL".
std::string_view words_for(WebUrlFault fault);

// True when the URL is nothing but an origin: no credentials, path, query or fragment.
bool is_origin(const WebUrl& url);

// Scheme, host and port as a browser sends them in Origin, such as "https://a.example:8443".
std::string origin_of(const WebUrl& url);

// The origin that a verdict may show of a scanned text; words where the text is no URL, or where an
// @ in it could mean that the host is a part of a password.
std::string shown_origin(std::string_view text);

// The address that a host stands for, in the odd notations of IPv4 too (127.1, 0x7f000001,
// 017700000001, 2130706433); IPv6 with or without brackets.
std::optional<Address> host_address(std::string_view host);

// The host without a dot at its end: a.example. and a.example are one host in DNS, though not one
// origin. A lone dot stays.
std::string_view without_final_dot(std::string_view host);

// True for a loopback or unspecified address, localhost and the names below it (RFC 6761).
bool is_local_host(const WebUrl& url);

}  // namespace compliance
