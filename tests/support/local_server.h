// A TCP peer on loopback that plays a script with everyone who connects.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace compliance::test {

// The server's end of one connection. Reading gives nothing more when the peer has closed or, while
// nothing comes, when the server ends.
class LocalConnection {
 public:
  // `end` is a descriptor that becomes readable when the server ends.
  LocalConnection(int socket, int end) : socket_(socket), end_(end) {}
  LocalConnection(const LocalConnection&) = delete;
  LocalConnection& operator=(const LocalConnection&) = delete;
  LocalConnection(LocalConnection&&) = delete;
  LocalConnection& operator=(LocalConnection&&) = delete;
  ~LocalConnection() { close(); }

  int socket() const { return socket_; }

  // What has come, at least one byte; empty at the end.
  std::string read();
  // So many bytes, or fewer at the end.
  std::string read_exactly(std::size_t size);
  // Up to and with the mark, or all up to the end; never a byte behind the mark.
  std::string read_until(std::string_view mark);
  // Reads on and drops it, until the end.
  void hold();

  // False when the peer does not take all bytes any more.
  bool send(std::string_view bytes);
  // One byte after the other, with such pauses in between.
  bool drip(std::string_view bytes, std::chrono::milliseconds pause);
  // Says that nothing more will be sent.
  void finish_sending() const;
  void close();
  // Closes so that the peer sees an error.
  void reset();

  // Everything that was read.
  const std::string& received() const { return received_; }

 private:
  bool wait_for(short events) const;

  int socket_;
  int end_;
  std::string received_{};
};

// Each connection has a thread of its own; it is closed when its script returns.
class LocalServer {
 public:
  using Script = std::function<void(LocalConnection&)>;

  // On 127.0.0.1 or, with `ipv6`, on ::1.
  explicit LocalServer(Script script, bool ipv6 = false);
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;
  LocalServer(LocalServer&&) = delete;
  LocalServer& operator=(LocalServer&&) = delete;
  ~LocalServer();

  std::uint16_t port() const { return port_; }
  std::size_t connections() const;  // so far
  // Takes no further connections, waits for the scripts, and gives what each read, in the order in
  // which they ended. All that peers sent is in it when they have closed.
  const std::vector<std::string>& finish();

 private:
  void accept_all();
  void play(int socket);

  Script script_;
  int end_;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_{};  // guards the two below while thread_ runs
  std::size_t connections_ = 0;
  std::vector<std::string> received_{};
  std::jthread thread_{};
};

// A port on 127.0.0.1 that nobody listens on, and that nobody else gets meanwhile.
class ClosedPort {
 public:
  ClosedPort();
  ClosedPort(const ClosedPort&) = delete;
  ClosedPort& operator=(const ClosedPort&) = delete;
  ClosedPort(ClosedPort&&) = delete;
  ClosedPort& operator=(ClosedPort&&) = delete;
  ~ClosedPort();

  std::uint16_t port() const { return port_; }

 private:
  int socket_;
  std::uint16_t port_;
};

// A port on 127.0.0.1 where attempts to connect get no answer: its queue is full.
class SilentPort {
 public:
  SilentPort();
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;
  SilentPort(SilentPort&&) = delete;
  SilentPort& operator=(SilentPort&&) = delete;
  ~SilentPort();

  std::uint16_t port() const { return port_; }

 private:
  int listening_;
  std::uint16_t port_;
  std::vector<int> waiting_{};
};

}  // namespace compliance::test
