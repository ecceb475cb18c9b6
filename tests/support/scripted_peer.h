// A TCP server that does exactly what a test says, byte by byte, on a port of its own.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace compliance::test {

// The server's end of one connection. Every wait ends when the server does.
class PeerSocket {
 public:
  PeerSocket(int socket, int ending) : socket_(socket), ending_(ending) {}
  PeerSocket(const PeerSocket&) = delete;
  PeerSocket& operator=(const PeerSocket&) = delete;
  PeerSocket(PeerSocket&&) = delete;
  PeerSocket& operator=(PeerSocket&&) = delete;
  ~PeerSocket();

  int socket() const { return socket_; }

  // False when the client takes no more.
  bool send(std::string_view bytes) const;
  // The next bytes, at most `most`; empty when the client has closed.
  std::string receive(std::size_t most) const;
  // Exactly so many bytes, fewer when the client closes before.
  std::string receive_exactly(std::size_t count) const;
  // Everything up to and with `end`.
  std::string receive_until(std::string_view end) const;
  // Silence until the client closes or the server ends.
  void wait_for_close() const;
  // Ends the connection with RST.
  void reset();

 private:
  bool wait(short events) const;

  int socket_;
  int ending_;
};

// Runs `script` for each connection, in a thread of its own. Ends with its destruction.
class ScriptedPeer {
 public:
  using Script = std::function<void(PeerSocket&)>;

  // Listens on `address`, 127.0.0.1 or any other loopback address, IPv6 too.
  explicit ScriptedPeer(Script script, const std::string& address = "127.0.0.1",
                        std::uint16_t port = 0);
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;
  ScriptedPeer(ScriptedPeer&&) = delete;
  ScriptedPeer& operator=(ScriptedPeer&&) = delete;
  ~ScriptedPeer();

  std::uint16_t port() const { return port_; }
  // How many were accepted; the last one perhaps a moment after its client went on.
  std::size_t connections() const { return connections_; }

 private:
  void accept_all();

  Script script_;
  int listener_;
  int ending_;
  std::uint16_t port_ = 0;
  std::atomic<std::size_t> connections_ = 0;
  std::vector<std::thread> conversations_{};
  std::thread accepting_{};
};

// A port of `address` on which nobody listens; it is kept bound so that nobody else takes it.
class ClosedPort {
 public:
  explicit ClosedPort(const std::string& address = "127.0.0.1");
  ClosedPort(const ClosedPort&) = delete;
  ClosedPort& operator=(const ClosedPort&) = delete;
  ClosedPort(ClosedPort&&) = delete;
  ClosedPort& operator=(ClosedPort&&) = delete;
  ~ClosedPort();

  std::uint16_t port() const { return port_; }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

// A port that answers no connection: its queue is full.
class SilentPort {
 public:
  explicit SilentPort(const std::string& address = "127.0.0.1");
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;
  SilentPort(SilentPort&&) = delete;
  SilentPort& operator=(SilentPort&&) = delete;
  ~SilentPort();

  std::uint16_t port() const { return port_; }

 private:
  int listener_;
  std::uint16_t port_ = 0;
  std::vector<int> callers_{};
};

}  // namespace compliance::test
