// Gives the service manager's watchdog a sign of life, as long as there is life.
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

  // How often look() is to be called: half the watchdog's period; absent: never.
  std::optional<std::chrono::microseconds> interval() const;

  // Gives the sign when half the period is over since the last one and the cycle has not been stuck
  // for a whole period.
  void look(Clock::time_point now);

 private:
  const ServiceManager& manager_;
  const Heartbeat& heartbeat_;
  Clock::time_point due_{};
};

}  // namespace compliance
