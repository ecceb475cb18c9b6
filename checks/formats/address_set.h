// Whether address ranges together hold all addresses of a kind.
#pragma once

#include <vector>

#include "checks/formats/address.h"

namespace compliance {

// True when each address of `block` lies in a range and in none of that range's exceptions. Ranges
// may cover it together, as 0.0.0.0/1 and 128.0.0.0/1 do: looking for 0.0.0.0/0 alone would miss
// that.
bool cover(const std::vector<AddressRange>& ranges, const AddressBlock& block);

// True when they cover all of IPv4, or all of IPv6. One family is enough to reach everybody who has
// it.
bool cover_a_family(const std::vector<AddressRange>& ranges);

// The same but for what the public internet does not hold: addresses that are private, reserved
// or for documentation (RFC 6890 and the registries of IANA that it created; RFC 4291).
bool cover_public_internet(const std::vector<AddressRange>& ranges);

}  // namespace compliance
