// A TCP peer on loopback that plays a script with everyone who connects.
#include "tests/support/local_server.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/loopback_socket.h"

namespace compliance::test {

bool LocalConnection::wait_for(short events) const {
  if (socket_ < 0) {
    return false;
  }
  std::array<pollfd, 2> entries{pollfd{end_, POLLIN, 0}, {socket_, events, 0}};
  return ::poll(entries.data(), entries.size(), -1) > 0 && entries[1].revents != 0;
}

std::string LocalConnection::read() {
  std::string bytes(65536, '\0');
  if (!wait_for(POLLIN)) {
    return {};
  }
  const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  received_ += bytes;
  return bytes;
}

std::string LocalConnection::read_exactly(std::size_t size) {
  std::string bytes;
  while (bytes.size() < size && wait_for(POLLIN)) {
    std::string rest(size - bytes.size(), '\0');
    const auto count = ::recv(socket_, rest.data(), rest.size(), 0);
    if (count <= 0) {
      break;
    }
    bytes.append(rest, 0, static_cast<std::size_t>(count));
  }
  received_ += bytes;
  return bytes;
}

std::string LocalConnection::read_until(std::string_view mark) {
  std::string bytes;
  while (!bytes.ends_with(mark)) {
    const auto next = read_exactly(1);
    if (next.empty()) {
      break;
    }
    bytes += next;
  }
  return bytes;
}

void LocalConnection::hold() {
  while (!read().empty()) {
  }
}

bool LocalConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!wait_for(POLLOUT)) {
      return false;
    }
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno != EAGAIN) {
      return false;
    }
    bytes.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
  }
  return true;
}

bool LocalConnection::drip(std::string_view bytes, std::chrono::milliseconds pause) {
  for (const char byte : bytes) {
    pollfd entry{end_, POLLIN, 0};
    if (!send({&byte, 1}) || ::poll(&entry, 1, static_cast<int>(pause.count())) > 0) {
      return false;
    }
  }
  return true;
}

void LocalConnection::finish_sending() const { ::shutdown(socket_, SHUT_WR); }

void LocalConnection::close() {
  if (socket_ >= 0) {
    ::close(std::exchange(socket_, -1));
  }
}

void LocalConnection::reset() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

LocalServer::LocalServer(Script script, bool ipv6)
    : script_(std::move(script)),
      end_(::eventfd(0, EFD_CLOEXEC)),
      listening_(bound_socket(SOCK_STREAM, ipv6, 0)),
      port_(port_of(listening_)) {
  ::listen(listening_, 256);
  thread_ = std::jthread([this] { accept_all(); });
}

LocalServer::~LocalServer() {
  finish();
  ::close(end_);
}

const std::vector<std::string>& LocalServer::finish() {
  if (thread_.joinable()) {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(end_, &one, sizeof one);
    thread_.join();
    ::close(listening_);
  }
  return received_;
}

std::size_t LocalServer::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void LocalServer::accept_all() {
  std::vector<std::jthread> players;
  while (true) {
    std::array<pollfd, 2> entries{pollfd{end_, POLLIN, 0}, {listening_, POLLIN, 0}};
    ::poll(entries.data(), entries.size(), -1);
    if (entries[1].revents == 0) {
      return;
    }
    const int socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0) {
      {
        const std::lock_guard lock(mutex_);
        ++connections_;
      }
      players.emplace_back([this, socket] { play(socket); });
    }
  }
}

void LocalServer::play(int socket) {
  LocalConnection connection(socket, end_);
  script_(connection);
  const std::lock_guard lock(mutex_);
  received_.push_back(connection.received());
}

ClosedPort::ClosedPort() : socket_(bound_socket(SOCK_STREAM, false, 0)), port_(port_of(socket_)) {}

ClosedPort::~ClosedPort() { ::close(socket_); }

SilentPort::SilentPort()
    : listening_(bound_socket(SOCK_STREAM, false, 0)), port_(port_of(listening_)) {
  ::listen(listening_, 0);
  auto address = loopback_address(false, port_);
  for (int i = 0; i < 4; ++i) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    (void)::connect(socket, address.get(), address.size);
    waiting_.push_back(socket);
  }
}

SilentPort::~SilentPort() {
  for (const int socket : waiting_) {
    ::close(socket);
  }
  ::close(listening_);
}

}  // namespace compliance::test
