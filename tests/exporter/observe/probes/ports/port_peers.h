// What the tests of doors share: peers with one answer, and a resolver that knows no server.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "exporter/observe/probes/net/connection.h"
#include "tests/support/scripted_peer.h"

namespace compliance::probes {

inline Peer local_peer(std::uint16_t port) { return {.host = "127.0.0.1", .port = port}; }

inline Deadline soon() { return Deadline::after(std::chrono::seconds{20}); }

inline std::string text_of(const Fault& fault) {
  return std::string{name_of(fault.reason)} + ": " + fault.message;
}

// Whatever it is asked, a peer answers the same, and keeps what it was asked.
class ParrotPeer {
 public:
  enum class After { close, stay };

  explicit ParrotPeer(std::string answer, After after = After::stay)
      : answer_(std::move(answer)), after_(after) {}

  std::uint16_t port() const { return peer_.port(); }
  // Those that were answered, and perhaps further ones.
  std::size_t connections() const { return connections_; }

  // All that came over the first `count` connections to end; waits for them.
  std::vector<std::string> heard(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this, count] { return heard_.size() >= count; });
    return heard_;
  }

 private:
  void play(test::PeerSocket& socket) {
    constexpr std::size_t some = 4096;
    ++connections_;
    std::string text = socket.receive(some);
    socket.send(answer_);
    while (after_ == After::stay) {
      const std::string more = socket.receive(some);
      if (more.empty()) {
        break;
      }
      text += more;
    }
    const std::lock_guard lock(mutex_);
    heard_.push_back(text);
    changed_.notify_all();
  }

  std::string answer_;
  After after_;
  std::atomic<std::size_t> connections_ = 0;
  std::mutex mutex_{};
  std::condition_variable changed_{};
  std::vector<std::string> heard_{};
  test::ScriptedPeer peer_{[this](test::PeerSocket& socket) { play(socket); }};
};

}  // namespace compliance::probes
