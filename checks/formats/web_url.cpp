// Reads URLs of http and https as the WHATWG URL standard says.
#include "checks/formats/web_url.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "checks/formats/ascii.h"
#include "checks/formats/host_class.h"
#include "checks/formats/host_number.h"

namespace compliance {
namespace {

// C0 controls and DEL.
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// The text without what the standard drops before it reads anything.
std::string stripped(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') {
    text.remove_suffix(1);
  }
  std::string result{text};
  std::erase_if(result, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  return result;
}

// The length of the scheme in front of the first colon; std::string_view::npos when there is none.
std::size_t scheme_length(std::string_view text) {
  const std::size_t colon = text.find(':');
  return is_scheme(text.substr(0, colon)) ? colon : std::string_view::npos;
}

// WHATWG URL, "forbidden domain code point".
bool is_forbidden(char c) {
  constexpr std::string_view forbidden = " #/:<>?@[\\]^|%";
  return is_control(c) || forbidden.find(c) != std::string_view::npos;
}

// IPv6 text as browsers write it: they have no dotted decimal for IPv4-mapped addresses.
std::string browser_text(const Address& address) {
  constexpr std::string_view mapped = "::ffff:";
  std::string text = text_of(address);
  if (text.find('.') == std::string_view::npos) {
    return text;
  }
  text = mapped;
  for (const std::size_t first : {std::size_t{12}, std::size_t{14}}) {
    const unsigned group = address.bytes.at(first) * 256U + address.bytes.at(first + 1);
    std::array<char, 4> digits{};
    auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), group, 16).ptr;
    text.append(digits.data(), end).append(first == 12 ? ":" : "");
  }
  return text;
}

// IPv6 in brackets, the only thing that may stand in them; zones are refused.
WebUrlFault read_bracketed(std::string_view text, WebUrl& url) {
  const auto address = text.back() == ']' ? parse_address(text.substr(1, text.size() - 2))
                                          : std::optional<Address>{};
  if (!address || !address->v6) {
    return WebUrlFault::bad_host;
  }
  url.address = address;
  url.host = browser_text(*address);
  return WebUrlFault::none;
}

// A name or an IPv4 address in any notation. Decodes first, as the standard does: %31 is a digit.
WebUrlFault read_name(std::string_view text, WebUrl& url) {
  url.host = lower_case(percent_decoded(text));
  if (!std::all_of(url.host.begin(), url.host.end(), &is_ascii)) {
    return WebUrlFault::non_ascii_host;
  }
  if (std::any_of(url.host.begin(), url.host.end(), &is_forbidden)) {
    return WebUrlFault::bad_host;
  }
  if (ends_in_a_number(url.host)) {
    url.address = parse_ipv4_number(url.host);
    if (!url.address) {
      return WebUrlFault::bad_host;
    }
    url.host = text_of(*url.address);
  }
  return WebUrlFault::none;
}

// The scheme's own port is dropped, so that https://a and https://a:443 are one origin.
WebUrlFault read_port(std::string_view text, WebUrl& url) {
  if (text.empty()) {
    return WebUrlFault::none;
  }
  std::uint16_t port = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, port);
  if (error != std::errc{} || end != last) {
    return WebUrlFault::bad_port;
  }
  if (port != (url.scheme == "https" ? 443 : 80)) {
    url.port = port;
  }
  return WebUrlFault::none;
}

// `authority` is what stands between the slashes and the path.
WebUrlFault read_authority(std::string_view authority, WebUrl& url) {
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    url.has_userinfo = at > 0 && authority.substr(0, at) != ":";
    authority.remove_prefix(at + 1);
  }
  const std::size_t bracket = authority.find(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = authority.substr(0, colon);
  if (host.empty()) {
    return WebUrlFault::no_host;
  }
  const WebUrlFault fault = host.front() == '[' ? read_bracketed(host, url) : read_name(host, url);
  if (fault != WebUrlFault::none || colon == std::string_view::npos) {
    return fault;
  }
  return read_port(authority.substr(colon + 1), url);
}

// Path, query and fragment; only whether there is one counts.
void read_rest(std::string_view rest, WebUrl& url) {
  const std::size_t hash = rest.find('#');
  url.has_fragment = hash != std::string_view::npos;
  const std::string_view before = rest.substr(0, hash);
  const std::size_t question = before.find('?');
  url.has_query = question != std::string_view::npos;
  url.has_path = before.substr(0, question).size() > 1;
}

}  // namespace

// Follows the states of the standard's parser for special schemes, without a base URL.
WebUrlReading read_web_url(std::string_view text) {
  WebUrlReading reading;
  const std::string clean = stripped(text);
  const std::size_t colon = scheme_length(clean);
  if (colon == std::string_view::npos) {
    reading.fault = WebUrlFault::relative;
    return reading;
  }
  reading.url.scheme = lower_case(clean.substr(0, colon));
  if (reading.url.scheme != "http" && reading.url.scheme != "https") {
    reading.fault = WebUrlFault::other_scheme;
    return reading;
  }
  std::string_view rest{clean};
  // https:a.example and https:////a.example are https://a.example to browsers.
  rest.remove_prefix(std::min(rest.find_first_not_of("/\\", colon + 1), rest.size()));
  const std::size_t end = std::min(rest.find_first_of("/\\?#"), rest.size());
  reading.fault = read_authority(rest.substr(0, end), reading.url);
  read_rest(rest.substr(end), reading.url);
  return reading;
}

std::string_view words_for(WebUrlFault fault) {
  switch (fault) {
    case WebUrlFault::none:
      return "is sound";
    case WebUrlFault::relative:
    case WebUrlFault::other_scheme:
      return "is no http or https URL";
    case WebUrlFault::no_host:
      return "is a URL without host";
    case WebUrlFault::bad_host:
      return "is a URL with a host that is none";
    case WebUrlFault::non_ascii_host:
      return "is a URL with an internationalised host that IDNA rejects";
    case WebUrlFault::bad_port:
      return "is a URL with a port that is none";
  }
  return "is no URL";
}

bool is_origin(const WebUrl& url) {
  return !url.has_userinfo && !url.has_path && !url.has_query && !url.has_fragment;
}

std::string origin_of(const WebUrl& url) {
  const bool bracketed = url.address && url.address->v6;
  std::string text = url.scheme + "://" + (bracketed ? "[" + url.host + "]" : url.host);
  if (url.port) {
    text += ':' + std::to_string(*url.port);
  }
  return text;
}

// The text is more cautious than the parser: an @ anywhere may stand behind a part of a password.
std::string shown_origin(std::string_view text) {
  const WebUrlReading reading = read_web_url(text);
  if (!reading.sound() || text.find("://") == std::string_view::npos) {
    return "another value";
  }
  return text.find('@') == std::string_view::npos ? origin_of(reading.url)
                                                  : "a URL with an @ in it";
}

std::optional<Address> host_address(std::string_view host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  const auto address = parse_address(host);
  // The canonical notation first: parse_ipv4_number() knows no IPv6.
  return address ? address : parse_ipv4_number(host);
}

std::string_view without_final_dot(std::string_view host) {
  return host.size() > 1 && host.back() == '.' ? host.substr(0, host.size() - 1) : host;
}

bool is_local_host(const WebUrl& url) {
  if (url.address) {
    const AddressClass found = class_of(*url.address);
    // Connecting to 0.0.0.0 or :: reaches the own machine on Linux.
    return found == AddressClass::loopback || found == AddressClass::unspecified;
  }
  return is_localhost_name(url.host);
}

}  // namespace compliance
