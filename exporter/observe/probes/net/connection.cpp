// Sends and receives over a connected socket, never past a deadline.
#include "exporter/observe/probes/net/connection.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "exporter/base/deadline.h"

namespace compliance::probes {
namespace {

// Waits until poll() reports one of `events`, an error or the end of the connection. False
// when the deadline came first. Waits in slices, so that a request to stop is noticed.
bool wait_for(int socket, short events, const Deadline& deadline) {
  while (!deadline.over()) {
    pollfd entry{.fd = socket, .events = events, .revents = 0};
    if (::poll(&entry, 1, static_cast<int>(deadline.slice().count())) > 0) {
      return true;
    }
  }
  return false;
}

Fault timed_out(const std::string& what) {
  return {.reason = UnknownReason::timeout, .message = what + " in time"};
}

// Errors of the connection count as unreachable, whoever caused them.
Fault broken(int error) {
  return {.reason = UnknownReason::unreachable,
          .message = "the connection broke: " + std::generic_category().message(error)};
}

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

}  // namespace

std::string Peer::text() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Connection::Connection(int socket) : socket_(socket) {}

Connection::Connection(Connection&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(socket_, other.socket_);
  return *this;
}

Connection::~Connection() {
  if (socket_ >= 0) {
    ::close(socket_);
  }
}

// NOLINTNEXTLINE(readability-make-member-function-const): it changes what the socket holds
ReadResult<std::size_t> Connection::send(std::string_view bytes, const Deadline& deadline) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    if (!wait_for(socket_, POLLOUT, deadline)) {
      return timed_out("the peer did not take what was sent");
    }
    const std::string_view rest = bytes.substr(sent);
    // Without a signal: a peer that has gone is a fault and must not end this process.
    const ssize_t taken = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (taken >= 0) {
      sent += static_cast<std::size_t>(taken);
    } else if (!would_block(errno) && errno != EINTR) {
      return broken(errno);
    }
  }
  return sent;
}

// NOLINTNEXTLINE(readability-make-member-function-const): it changes what the socket holds
ReadResult<std::string> Connection::receive(std::size_t most, const Deadline& deadline) {
  std::string bytes(most, '\0');
  while (wait_for(socket_, POLLIN, deadline)) {
    const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got >= 0) {
      bytes.resize(static_cast<std::size_t>(got));
      return bytes;
    }
    if (!would_block(errno) && errno != EINTR) {
      return broken(errno);
    }
  }
  return timed_out("the peer said nothing");
}

}  // namespace compliance::probes
