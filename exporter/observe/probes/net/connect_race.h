// Connects to the first address of a peer that answers ("Happy Eyeballs", RFC 8305).
#pragma once

#include <cstdint>
#include <vector>

#include "checks/formats/address.h"
#include "exporter/observe/probes/net/connection.h"

namespace compliance::probes {

// IPv6 and IPv4 in turn, beginning with IPv6, the order within a family kept (RFC 8305, 4):
// one broken family costs a short delay and not the connection.
std::vector<Address> families_in_turn(const std::vector<Address>& addresses);

// Tries the addresses in that order. The next one is begun when all before it have failed, or have
// been silent for a quarter of a second; those go on meanwhile. `refused` needs one address that
// refused and none that was silent.
Result<Connection, ConnectFault> connect_to_first(const std::vector<Address>& addresses,
                                                  std::uint16_t port, const Deadline& deadline);

}  // namespace compliance::probes
