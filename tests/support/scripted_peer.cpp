// A TCP server that follows a script.
#include "tests/support/scripted_peer.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace compliance::test {
namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;

  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress address_of(const std::string& text, std::uint16_t port) {
  SocketAddress result;
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::memcpy(&result.storage, &v4, sizeof v4);
    result.length = sizeof v4;
  } else if (::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&result.storage, &v6, sizeof v6);
    result.length = sizeof v6;
  }
  return result;
}

int bound_socket(const std::string& address, std::uint16_t port) {
  SocketAddress where = address_of(address, port);
  const int socket = ::socket(where.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(socket, where.get(), where.length) != 0) {
    std::abort();  // a test without its peer would prove nothing
  }
  return socket;
}

std::uint16_t port_of(int socket) {
  SocketAddress where;
  where.length = sizeof where.storage;
  ::getsockname(socket, where.get(), &where.length);
  sockaddr_in6 v6{};  // the port lies at the same place in both families
  std::memcpy(&v6, &where.storage, sizeof v6);
  return ntohs(v6.sin6_port);
}

}  // namespace

PeerSocket::~PeerSocket() {
  if (socket_ >= 0) {
    ::close(socket_);
  }
}

bool PeerSocket::wait(short events) const {
  std::array<pollfd, 2> entries{pollfd{.fd = socket_, .events = events, .revents = 0},
                                pollfd{.fd = ending_, .events = POLLIN, .revents = 0}};
  ::poll(entries.data(), entries.size(), -1);
  return entries[1].revents == 0;
}

bool PeerSocket::send(std::string_view bytes) const {
  while (!bytes.empty() && wait(POLLOUT)) {
    const ssize_t taken = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (taken < 0 && errno != EAGAIN) {
      return false;
    }
    bytes.remove_prefix(taken < 0 ? 0 : static_cast<std::size_t>(taken));
  }
  return bytes.empty();
}

std::string PeerSocket::receive(std::size_t most) const {
  std::string bytes(most, '\0');
  const ssize_t got = wait(POLLIN) ? ::recv(socket_, bytes.data(), bytes.size(), 0) : 0;
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

std::string PeerSocket::receive_exactly(std::size_t count) const {
  std::string bytes;
  while (bytes.size() < count) {
    const std::string more = receive(count - bytes.size());
    if (more.empty()) {
      break;
    }
    bytes += more;
  }
  return bytes;
}

std::string PeerSocket::receive_until(std::string_view end) const {
  std::string bytes;
  while (!bytes.ends_with(end)) {
    const std::string byte = receive(1);
    if (byte.empty()) {
      break;
    }
    bytes += byte;
  }
  return bytes;
}

void PeerSocket::wait_for_close() const {
  constexpr std::size_t some = 4096;
  while (!receive(some).empty()) {
  }
}

void PeerSocket::reset() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(socket_, -1));
}

ScriptedPeer::ScriptedPeer(Script script, const std::string& address, std::uint16_t port)
    : script_(std::move(script)),
      listener_(bound_socket(address, port)),
      ending_(::eventfd(0, EFD_CLOEXEC)),
      port_(port_of(listener_)) {
  ::listen(listener_, SOMAXCONN);
  accepting_ = std::thread{[this] { accept_all(); }};
}

ScriptedPeer::~ScriptedPeer() {
  const std::uint64_t one = 1;
  if (::write(ending_, &one, sizeof one) != sizeof one) {
    std::abort();
  }
  accepting_.join();
  for (std::thread& conversation : conversations_) {
    conversation.join();
  }
  ::close(listener_);
  ::close(ending_);
}

void ScriptedPeer::accept_all() {
  while (true) {
    std::array<pollfd, 2> entries{pollfd{.fd = listener_, .events = POLLIN, .revents = 0},
                                  pollfd{.fd = ending_, .events = POLLIN, .revents = 0}};
    ::poll(entries.data(), entries.size(), -1);
    if (entries[1].revents != 0) {
      return;
    }
    const int accepted = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (accepted >= 0) {
      ++connections_;
      conversations_.emplace_back([this, accepted] {
        PeerSocket socket{accepted, ending_};
        script_(socket);
      });
    }
  }
}

ClosedPort::ClosedPort(const std::string& address)
    : socket_(bound_socket(address, 0)), port_(port_of(socket_)) {}

ClosedPort::~ClosedPort() { ::close(socket_); }

SilentPort::SilentPort(const std::string& address)
    : listener_(bound_socket(address, 0)), port_(port_of(listener_)) {
  constexpr std::size_t enough = 4;
  ::listen(listener_, 0);
  SocketAddress where = address_of(address, port_);
  while (callers_.size() < enough) {
    callers_.push_back(
        ::socket(where.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    static_cast<void>(::connect(callers_.back(), where.get(), where.length));
  }
}

SilentPort::~SilentPort() {
  for (const int caller : callers_) {
    ::close(caller);
  }
  ::close(listener_);
}

}  // namespace compliance::test
