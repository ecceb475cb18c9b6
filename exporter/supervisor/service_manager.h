// Reports readiness, reloads and liveness to the service manager by the protocol of sd_notify(3).
// Written here and not taken from libsystemd, which would bring five compression and cryptography
// libraries into the memory of every daemon.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace compliance {

// The environment variables that the manager sets.
struct ManagerEnvironment {
  std::string notify_socket{};  // NOTIFY_SOCKET: a path, or @NAME in the abstract namespace
  std::string watchdog_usec{};  // WATCHDOG_USEC
  std::string watchdog_pid{};   // WATCHDOG_PID
};

// Reads the three variables, before other threads start; one that is not set is empty.
ManagerEnvironment manager_environment();

// Without a socket all calls do nothing. Safe from all threads.
class ServiceManager {
 public:
  // `pid` is that of this process: a watchdog for another one is ignored.
  ServiceManager(const ManagerEnvironment& environment, long pid);

  // READY=1 ends a start and a reload alike.
  void ready() const { send("READY=1"); }
  void stopping() const { send("STOPPING=1"); }
  void alive() const { send("WATCHDOG=1"); }
  // `now` of the monotonic clock, by which the manager tells this reload from an earlier one.
  void reloading(std::chrono::microseconds now) const;

  // The period of the watchdog, after which the manager kills a silent daemon; absent: no watchdog.
  std::optional<std::chrono::microseconds> watchdog() const { return watchdog_; }

 private:
  void send(std::string_view message) const;

  std::string socket_;
  std::optional<std::chrono::microseconds> watchdog_{};
};

}  // namespace compliance
