// Notifies the watchdog of the service manager while the cycle is alive.
#pragma once

#include <chrono>
#include <optional>

#include "exporter/supervisor/heartbeat.h"
#include "exporter/supervisor/service_manager.h"

namespace compliance {

// Used by one thread.
class Watchdog {
 public:
  using Clock = Heartbeat::Clock;

  Watchdog(const ServiceManager& manager, const Heartbeat& heartbeat)
      : manager_(manager), heartbeat_(heartbeat) {}

  // How often notify() is to be called: half the watchdog's period; absent: never.
  std::optional<std::chrono::microseconds> interval() const;

  // Notifies when half the period has passed since the last time, unless the cycle has been stuck
  // for a whole period.
  void notify(Clock::time_point now);

 private:
  const ServiceManager& manager_;
  const Heartbeat& heartbeat_;
  Clock::time_point due_{};
};

}  // namespace compliance
