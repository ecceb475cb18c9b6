// Gives the service manager's watchdog a sign of life, as long as there is life.
#include "exporter/supervisor/watchdog.h"

namespace compliance {

std::optional<std::chrono::microseconds> Watchdog::interval() const {
  const auto period = manager_.watchdog();
  return period ? std::optional{*period / 2} : std::nullopt;
}

void Watchdog::look(Clock::time_point now) {
  const auto period = manager_.watchdog();
  if (!period || now < due_ || !heartbeat_.beats(now, *period)) {
    return;
  }
  manager_.alive();
  due_ = now + *period / 2;
}

}  // namespace compliance
