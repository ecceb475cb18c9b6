// TCP connections that never block past their deadline.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "checks/facts/web_answers.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/probes/net/resolver.h"
#include "exporter/observe/source_text.h"

namespace compliance::probes {

// Whom to connect to; all of it from the configuration.
struct Peer {
  std::string host{};  // a name or an address, IPv6 without brackets
  std::uint16_t port = 0;
  std::string http_proxy{};  // the URL of a proxy that is asked to CONNECT; empty: none

  // HOST:PORT, IPv6 in brackets.
  std::string text() const;
  // The proxy is a part of a peer: it may see other hosts than this machine does.
  bool operator==(const Peer&) const = default;
};

// A connected, non-blocking socket. Used by one thread at a time. Reading and writing end
// at the deadline, or within a fraction of a second after a request to stop.
class Connection {
 public:
  // Takes the socket over; a negative one stands for none.
  explicit Connection(int socket);
  // Leaves the other one without a socket.
  Connection(Connection&& other) noexcept;
  // Swaps: the socket that this one held is closed when the other ends.
  Connection& operator=(Connection&& other) noexcept;
  // No copies: one socket has one owner.
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  // Closes the socket.
  ~Connection();

  // For poll(); the connection still owns it.
  int socket() const { return socket_; }

  // Sends everything. Faults: timeout, unreachable (the peer closed or reset).
  ReadResult<std::size_t> send(std::string_view bytes, const Deadline& deadline);

  // What has come, at least one byte and at most `most`; empty when the peer has closed. Faults:
  // timeout, unreachable (reset).
  ReadResult<std::string> receive(std::size_t most, const Deadline& deadline);

 private:
  int socket_;
};

// Why there is no connection: the state tells a closed port from a silent one.
struct ConnectFault {
  Fault fault{};  // dns_failure, unreachable, timeout, protocol_error (of the proxy)
  // `refused`: by the peer; `silent`: no answer in time; `open` never.
  PortState state = PortState::silent;
};

// Connects to the first address that answers, those of both families tried in turn within the
// deadline; through the proxy where there is one.
Result<Connection, ConnectFault> connect_to(const Peer& peer, const Resolver& resolver,
                                            const Deadline& deadline);

}  // namespace compliance::probes
