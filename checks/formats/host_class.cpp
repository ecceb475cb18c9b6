// Classes of hosts in the URLs that services use among themselves.
#include "checks/formats/host_class.h"

#include <algorithm>
#include <array>

#include "checks/formats/address.h"
#include "checks/formats/host_number.h"

namespace compliance {
namespace {

// By the canonical notation only; names and odd notations have no class.
bool has_class(std::string_view host, AddressClass wanted) {
  const auto address = parse_address(host);
  return address && class_of(*address) == wanted;
}

// `domain` begins with a dot, so that evil-internal is not below .internal.
bool is_below(std::string_view host, std::string_view domain) {
  return host.size() > domain.size() && host.ends_with(domain);
}

}  // namespace

bool is_loopback_host(std::string_view host) {
  return host == "localhost" || has_class(host, AddressClass::loopback);
}

bool is_localhost_name(std::string_view host) {
  if (!host.empty() && host.back() == '.') {
    host.remove_suffix(1);
  }
  return host == "localhost" || is_below(host, ".localhost");
}

bool is_single_label(std::string_view host) {
  return !host.empty() && !ends_in_a_number(host) &&
         host.find_first_of(".:") == std::string_view::npos;
}

bool is_private_address(std::string_view host) {
  return has_class(host, AddressClass::private_use);
}

bool is_internal_name(std::string_view host) {
  constexpr auto domains =
      std::to_array<std::string_view>({".svc", ".svc.cluster.local", ".internal", ".local"});
  if (!host.empty() && host.back() == '.') {
    host.remove_suffix(1);
  }
  return std::any_of(domains.begin(), domains.end(),
                     [host](std::string_view domain) { return is_below(host, domain); });
}

bool is_internal_host(std::string_view host) {
  return is_single_label(host) || is_loopback_host(host) || is_private_address(host) ||
         is_internal_name(host);
}

}  // namespace compliance
