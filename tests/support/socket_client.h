// A client on raw sockets, for what well-behaved clients never send. Everything ends at a deadline.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace compliance::test {

// What came back; status 0 when it is not an HTTP/1.1 answer.
struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> headers{};  // names in lower case
  std::string body{};
};

HttpAnswer parse_answer(const std::string& bytes);

// A TCP connection to this machine.
class SocketClient {
 public:
  static constexpr std::chrono::seconds deadline{8};

  // Connects to 127.0.0.1 or, with `ipv6`, to ::1.
  explicit SocketClient(std::uint16_t port, bool ipv6 = false);
  ~SocketClient();
  SocketClient(SocketClient&& other) noexcept;
  SocketClient(const SocketClient&) = delete;
  SocketClient& operator=(const SocketClient&) = delete;
  SocketClient& operator=(SocketClient&&) = delete;

  bool connected() const { return socket_ >= 0; }
  int socket() const { return socket_; }

  // False when the other end does not take all bytes any more.
  bool send(std::string_view bytes) const;
  // Says that nothing more will be sent.
  void finish_sending() const;
  // Everything until the other end closes, or the deadline passes.
  std::string receive_all() const;
  // Whether the other end closes or resets the connection within `time`; drops what it sends.
  bool is_closed_by_server(std::chrono::milliseconds time = deadline) const;

 private:
  int socket_ = -1;
};

// One request and its answer.
HttpAnswer round_trip(std::uint16_t port, std::string_view request, bool ipv6 = false);

// "GET PATH HTTP/1.1" with the headers that every client sends, and `headers` ("Name: value\r\n").
std::string get(std::string_view path, std::string_view headers = "");

}  // namespace compliance::test
