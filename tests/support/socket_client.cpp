// A client on raw sockets, for what well-behaved clients never send. Everything ends at a deadline.
#include "tests/support/socket_client.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace compliance::test {
namespace {

using Clock = std::chrono::steady_clock;

bool wait_readable(int socket, Clock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
  pollfd entry{.fd = socket, .events = POLLIN, .revents = 0};
  return left.count() > 0 && ::poll(&entry, 1, static_cast<int>(left.count())) > 0;
}

int connect_ipv4(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    return socket;
  }
  ::close(socket);
  return -1;
}

int connect_ipv6(std::uint16_t port) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  address.sin6_addr = in6addr_loopback;
  const int socket = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    return socket;
  }
  ::close(socket);
  return -1;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

HttpAnswer parse_answer(const std::string& bytes) {
  HttpAnswer answer;
  const auto head_end = bytes.find("\r\n\r\n");
  if (!bytes.starts_with("HTTP/1.1 ") || head_end == std::string::npos) {
    return answer;
  }
  answer.status = std::stoi("0" + bytes.substr(9, 3));
  auto start = bytes.find("\r\n") + 2;
  while (start < head_end) {
    const auto end = bytes.find("\r\n", start);
    const auto line = bytes.substr(start, end - start);
    const auto colon = line.find(": ");
    answer.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
    start = end + 2;
  }
  answer.body = bytes.substr(head_end + 4);
  return answer;
}

SocketClient::SocketClient(std::uint16_t port, bool ipv6)
    : socket_(ipv6 ? connect_ipv6(port) : connect_ipv4(port)) {}

SocketClient::~SocketClient() {
  if (socket_ >= 0) {
    ::close(socket_);
  }
}

SocketClient::SocketClient(SocketClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)) {}

bool SocketClient::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void SocketClient::finish_sending() const { ::shutdown(socket_, SHUT_WR); }

std::string SocketClient::receive_all() const {
  const auto end = Clock::now() + deadline;
  std::string received;
  std::array<char, 65536> buffer{};
  while (wait_readable(socket_, end)) {
    const auto count = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (count <= 0) {
      break;
    }
    received.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return received;
}

bool SocketClient::is_closed_by_server(std::chrono::milliseconds time) const {
  const auto end = Clock::now() + time;
  std::array<char, 4096> buffer{};
  while (wait_readable(socket_, end)) {
    if (::recv(socket_, buffer.data(), buffer.size(), 0) <= 0) {
      return true;
    }
  }
  return false;
}

HttpAnswer round_trip(std::uint16_t port, std::string_view request, bool ipv6) {
  const SocketClient client(port, ipv6);
  client.send(request);
  return parse_answer(client.receive_all());
}

std::string get(std::string_view path, std::string_view headers) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: exporter\r\n" + std::string(headers) +
         "\r\n";
}

}  // namespace compliance::test
