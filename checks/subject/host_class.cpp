// Classes of hosts in the URLs that services use among themselves.
#include "checks/subject/host_class.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace compliance {
namespace {

using Address = std::array<std::uint8_t, 4>;

std::optional<std::uint8_t> octet(std::string_view text) {
  std::uint8_t number = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  const bool padded = text.size() > 1 && text.front() == '0';
  return error == std::errc{} && end == last && !padded ? std::optional{number} : std::nullopt;
}

// Dotted decimal alone: other notations of addresses are no private addresses here.
std::optional<Address> address_of(std::string_view host) {
  Address address{};
  for (std::size_t index = 0; index < address.size(); ++index) {
    const std::size_t dot = host.find('.');
    const bool is_last = index + 1 == address.size();
    const auto number = octet(host.substr(0, dot));
    if (!number || is_last != (dot == std::string_view::npos)) {
      return std::nullopt;
    }
    address.at(index) = *number;
    host.remove_prefix(is_last ? host.size() : dot + 1);
  }
  return address;
}

// fc00::/7: the first group has four digits, the first seven bits of it are 1111110.
bool is_unique_local(std::string_view host) {
  constexpr std::size_t group = 4;
  return host.size() > group && host[group] == ':' && host[0] == 'f' &&
         (host[1] == 'c' || host[1] == 'd');
}

bool ends_with(std::string_view host, std::string_view domain) {
  return host.size() > domain.size() && host.substr(host.size() - domain.size()) == domain;
}

}  // namespace

bool is_loopback_host(std::string_view host) {
  const auto address = address_of(host);
  return host == "localhost" || host == "::1" || (address && address->front() == 127);
}

bool is_single_label(std::string_view host) {
  const bool is_number =
      std::all_of(host.begin(), host.end(), [](char c) { return c >= '0' && c <= '9'; });
  return !is_number && host.find_first_of(".:") == std::string_view::npos;
}

bool is_private_address(std::string_view host) {
  if (const auto address = address_of(host)) {
    const auto [first, second, third, fourth] = *address;
    return first == 10 || (first == 172 && second >= 16 && second < 32) ||
           (first == 192 && second == 168);
  }
  return is_unique_local(host);
}

bool is_internal_name(std::string_view host) {
  constexpr auto domains =
      std::to_array<std::string_view>({".svc", ".svc.cluster.local", ".internal", ".local"});
  return std::any_of(domains.begin(), domains.end(),
                     [host](std::string_view domain) { return ends_with(host, domain); });
}

}  // namespace compliance
