// Connects to a port, and tells its state from troubles of this machine.
#include "exporter/observe/probes/ports/connect_port.h"

#include <utility>

#include "exporter/observe/probes/net/connect_race.h"

namespace compliance::probes {

ReadResult<Door> connect_port(const std::vector<Address>& addresses, std::uint16_t port,
                              const Deadline& deadline) {
  if (deadline.over()) {
    return Fault{.reason = UnknownReason::timeout, .message = "there was no time to connect"};
  }
  auto connected = connect_to_first(addresses, port, deadline);
  if (connected) {
    return Door{.state = PortState::open, .connection = std::move(connected).value()};
  }
  const ConnectFault& why = connected.error();
  // Silence after a request to stop says nothing of the port.
  if (deadline.stopped()) {
    return Fault{.reason = UnknownReason::timeout, .message = "the probe was stopped"};
  }
  // Silent without a timeout: the error arose here, such as a missing route.
  if (why.state == PortState::silent && why.fault.reason != UnknownReason::timeout) {
    return why.fault;
  }
  return Door{.state = why.state};
}

}  // namespace compliance::probes
