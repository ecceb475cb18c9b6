// Sockets on 127.0.0.1 and ::1, for what tests let serve there.
#pragma once

#include <cstdint>

#include <netinet/in.h>
#include <sys/socket.h>

namespace compliance::test {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;

  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress loopback_address(bool ipv6, std::uint16_t port);

// A socket of that type that is bound to the port, 0 for any; -1 when that is taken.
int bound_socket(int type, bool ipv6, std::uint16_t port);

// The port that it is bound to.
std::uint16_t port_of(int socket);

}  // namespace compliance::test
