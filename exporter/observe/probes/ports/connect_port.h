// Connects to a port: a connection, or how the port refused one.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "checks/formats/address.h"
#include "exporter/observe/probes/net/connection.h"

namespace compliance::probes {

// The state of a port. The connection is there exactly when the state is `open`.
struct Door {
  PortState state = PortState::refused;
  std::optional<Connection> connection{};  // of open ones
};

// Tries the addresses as connect_to does. Faults are what says nothing of the port: there is no way
// to it from here, or the probe was stopped before it could answer.
ReadResult<Door> connect_port(const std::vector<Address>& addresses, std::uint16_t port,
                              const Deadline& deadline);

}  // namespace compliance::probes
