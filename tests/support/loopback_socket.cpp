// Sockets on 127.0.0.1 and ::1, for what tests let serve there.
#include "tests/support/loopback_socket.h"

#include <arpa/inet.h>
#include <unistd.h>

namespace compliance::test {

SocketAddress loopback_address(bool ipv6, std::uint16_t port) {
  SocketAddress address;
  if (ipv6) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
    auto& place = reinterpret_cast<sockaddr_in6&>(address.storage);
    place.sin6_family = AF_INET6;
    place.sin6_port = htons(port);
    place.sin6_addr = in6addr_loopback;
    address.size = sizeof place;
  } else {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
    auto& place = reinterpret_cast<sockaddr_in&>(address.storage);
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.size = sizeof place;
  }
  return address;
}

int bound_socket(int type, bool ipv6, std::uint16_t port) {
  const int socket = ::socket(ipv6 ? AF_INET6 : AF_INET, type | SOCK_CLOEXEC, 0);
  auto address = loopback_address(ipv6, port);
  if (::bind(socket, address.get(), address.size) == 0) {
    return socket;
  }
  ::close(socket);
  return -1;
}

std::uint16_t port_of(int socket) {
  SocketAddress address;
  ::getsockname(socket, address.get(), &address.size);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
  return ntohs(reinterpret_cast<sockaddr_in&>(address.storage).sin_port);
}

}  // namespace compliance::test
