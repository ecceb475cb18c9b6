// Hosts that are numbers: the notations of IPv4 that browsers and C libraries understand.
#pragma once

#include <optional>
#include <string_view>

#include "checks/formats/address.h"

namespace compliance {

// True when the last label is a number, so that the host can be nothing but an IPv4 address (WHATWG
// URL, "ends in a number"): 1.2.3 and foo.0x1 are no names, and fail to parse if they are no
// address either.
bool ends_in_a_number(std::string_view host);

// Reads one to four decimal, octal (0...) or hexadecimal (0x...) numbers; the last fills the bytes
// that are left. One dot at the end is allowed. A blocklist that compares text misses such
// notations.
std::optional<Address> parse_ipv4_number(std::string_view host);

}  // namespace compliance
