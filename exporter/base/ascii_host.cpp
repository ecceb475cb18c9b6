// Converts internationalised host names by libidn2.
#include "exporter/base/ascii_host.h"

#include <algorithm>

#include <idn2.h>

#include "checks/formats/web_url.h"

namespace compliance {
namespace {

// Bytes alone: whether the text is valid UTF-8 does not matter here.
bool is_ascii_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Where the host of a URL is in its text.
struct HostRange {
  std::size_t begin = 0;
  std::size_t length = 0;
};

// Where the host of a URL is in its text, as read_web_url() finds it: backslashes count as slashes,
// and the last "@" ends the credentials. Only for URLs whose host
// it found to be beyond ASCII.
HostRange host_range(std::string_view url) {
  constexpr auto none = std::string_view::npos;
  std::size_t begin = url.find_first_not_of("/\\ \t\r\n", url.find(':') + 1);
  begin = begin == none ? url.size() : begin;
  const std::size_t end = std::min(url.find_first_of("/\\?#", begin), url.size());
  if (const std::size_t at = url.substr(begin, end - begin).rfind('@'); at != none) {
    begin += at + 1;
  }
  const std::size_t colon = url.substr(begin, end - begin).find(':');
  return {.begin = begin, .length = colon == none ? end - begin : colon};
}

// The URL with its host in ASCII; nothing where there is nothing to convert.
std::optional<std::string> with_ascii_host(std::string_view url) {
  const WebUrlReading reading = read_web_url(url);
  const auto host =
      reading.fault == WebUrlFault::non_ascii_host ? host_to_ascii(reading.url.host) : std::nullopt;
  if (!host) {
    return std::nullopt;
  }
  const HostRange range = host_range(url);
  return std::string{url}.replace(range.begin, range.length, *host);
}

// Hosts may be percent-encoded UTF-8, so texts in ASCII may have something to convert, too.
bool may_have_international_host(std::string_view text) {
  return text.find(':') != std::string_view::npos &&
         (!is_ascii_text(text) || text.find('%') != std::string_view::npos);
}

}  // namespace

std::optional<std::string> host_to_ascii(std::string_view host) {
  const std::string name{host};
  if (name.find('\0') != std::string::npos) {
    return std::nullopt;
  }
  char* converted = nullptr;
  // Non-transitional, as browsers convert names: "ß" stays a letter of its own.
  const int result =
      idn2_to_ascii_8z(name.c_str(), &converted, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  if (result != IDN2_OK) {
    return std::nullopt;
  }
  std::string ascii{converted};
  idn2_free(converted);
  return ascii;
}

std::string with_ascii_hosts(std::string text) {
  if (!may_have_international_host(text)) {
    return text;
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t length = std::min(text.find(',', begin), text.size()) - begin;
    const auto entry = with_ascii_host(std::string_view{text}.substr(begin, length));
    if (entry) {
      text.replace(begin, length, *entry);
    }
    begin += (entry ? entry->size() : length) + 1;
  }
  // A comma in a password or a path does not end a URL.
  return with_ascii_host(text).value_or(text);
}

}  // namespace compliance
