// A listening TCP socket with the options that this program wants.
#include "exporter/publish/http/listening_socket.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace compliance {
namespace {

// Connections that the kernel keeps while all workers are busy; twice max_connections.
constexpr int backlog = 128;

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

std::string without_brackets(const std::string& host) {
  const bool bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  return bracketed ? host.substr(1, host.size() - 2) : host;
}

// As it is written in a URL.
std::string display_address(const std::string& host, std::uint16_t port) {
  const bool needs_brackets = host.find(':') != std::string::npos;
  return (needs_brackets ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

// Failures are ignored: every option has a default that works.
void set_option(int socket, int level, int option, int value) {
  ::setsockopt(socket, level, option, &value, sizeof value);
}

// A listening socket on one address; on failure none, and errno says why.
FileDescriptor open_on(const addrinfo& address) {
  FileDescriptor socket(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (socket.number() < 0) {
    return socket;
  }
  set_option(socket.number(), SOL_SOCKET, SO_REUSEADDR, 1);
  if (address.ai_family == AF_INET6) {
    // So that no address at all means both families.
    set_option(socket.number(), IPPROTO_IPV6, IPV6_V6ONLY, 0);
  }
  if (::bind(socket.number(), address.ai_addr, address.ai_addrlen) != 0 ||
      ::listen(socket.number(), backlog) != 0) {
    // Closing the socket may change errno.
    const int failure = errno;
    socket = FileDescriptor();
    errno = failure;
  }
  return socket;
}

// The addresses of `host`, or why the resolver gives none.
Result<Addresses> resolve(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  // "::" comes first for all addresses: its socket serves IPv4 too.
  const char* name = host.empty() ? "::" : host.c_str();
  const int failure = ::getaddrinfo(name, std::to_string(port).c_str(), &hints, &found);
  if (failure != 0) {
    return Error{::gai_strerror(failure)};
  }
  return Addresses(found, &::freeaddrinfo);
}

// The first of the host's addresses that can be listened on; the error is that of the last one.
Result<FileDescriptor> listen_on_bare(const std::string& host, std::uint16_t port) {
  const auto addresses = resolve(host, port);
  if (!addresses) {
    return addresses.error();
  }
  int failure = 0;
  for (const addrinfo* each = addresses.value().get(); each != nullptr; each = each->ai_next) {
    auto socket = open_on(*each);
    if (socket.number() >= 0) {
      return socket;
    }
    failure = errno;
  }
  if (host.empty() && failure != EADDRINUSE) {
    return listen_on_bare("0.0.0.0", port);  // a machine without IPv6
  }
  return Error{std::generic_category().message(failure)};
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) {
    ::close(number_);
  }
}

Result<FileDescriptor> listen_on(const std::string& host, std::uint16_t port) {
  const auto bare = without_brackets(host);
  auto socket = listen_on_bare(bare, port);
  if (!socket) {
    return in_context("listening on " + display_address(bare, port), socket.error());
  }
  return socket;
}

std::uint16_t local_port(int socket) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
    return 0;
  }
  std::array<char, NI_MAXSERV> port{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
  ::getnameinfo(reinterpret_cast<sockaddr*>(&address), length, nullptr, 0, port.data(), port.size(),
                NI_NUMERICSERV);
  return static_cast<std::uint16_t>(std::strtoul(port.data(), nullptr, 10));
}

LocalAddress local_address(int socket) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  std::array<char, NI_MAXHOST> host{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
  auto* const local = reinterpret_cast<sockaddr*>(&address);
  if (::getsockname(socket, local, &length) != 0 ||
      ::getnameinfo(local, length, host.data(), host.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
    return {};
  }
  const std::string text = host.data();
  const bool loopback =
      // The last is IPv4 loopback on a socket of both families.
      text == "::1" || text.starts_with("127.") || text.starts_with("::ffff:127.");
  return {.text = text, .loopback = loopback};
}

}  // namespace compliance
