// Notifies the watchdog of the service manager while the cycle is alive.
#include "exporter/supervisor/watchdog.h"

namespace compliance {

std::optional<std::chrono::microseconds> Watchdog::interval() const {
  const auto period = manager_.watchdog();
  return period ? std::optional{*period / 2} : std::nullopt;
}

void Watchdog::notify(Clock::time_point now) {
  const auto period = manager_.watchdog();
  if (!period || now < due_ || !heartbeat_.beats(now, *period)) {
    return;
  }
  manager_.alive();
  due_ = now + *period / 2;
}

}  // namespace compliance
