// The connections that are being served, so that they can be bounded and cut off.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>

namespace compliance {

// The sockets by number, with what each is doing. Ends connections by shutdown(2), which wakes the
// thread that serves them; that thread closes the socket. All calls are safe from all threads.
class OpenConnections {
 public:
  // What a connection is doing: one that waits for its client gives way to others. The order is
  // that in which they are cut off.
  enum class Phase : std::uint8_t { waits_for_client, answers, cut_off };

  // Registers `socket`, which stays open until it is removed. Ends it at once after cut_off_all().
  void add(int socket);
  // A connection that was cut off stays so.
  void set_phase(int socket, Phase phase);
  // Has to come before the socket is closed.
  void remove(int socket);

  // Ends the oldest connection that waits for its client, the newest of all excepted, for which
  // room is being made; false when there is none.
  bool cut_off_oldest();
  // Ends all, and every later one.
  void cut_off_all();

 private:
  struct Connection {
    std::uint64_t number = 0;  // in the order of arrival
    Phase phase = Phase::waits_for_client;
  };

  std::mutex mutex_;
  std::map<int, Connection> connections_;
  std::uint64_t arrivals_ = 0;
  bool closed_ = false;
};

}  // namespace compliance
