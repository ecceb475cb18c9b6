// Facts as numbers of series.
#pragma once

#include "exporter/publish/snapshot.h"

namespace compliance {

// Seconds since 1970, to the millisecond: what a double holds exactly enough to read back.
inline double seconds_of(Instant instant) {
  const auto since = instant.time_since_epoch();
  return static_cast<double>(std::chrono::floor<std::chrono::milliseconds>(since).count()) / 1000.0;
}

inline double number_of(bool value) { return value ? 1 : 0; }

}  // namespace compliance
