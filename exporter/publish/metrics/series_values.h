// Facts as numbers of series.
#pragma once

#include "exporter/publish/snapshot.h"

namespace compliance {

// Seconds since 1970, to the millisecond: what a double holds exactly enough to read back. Takes
// instants of any resolution as they are: the year 9999 does not fit into nanoseconds.
template <class Duration>
double to_unix_seconds(std::chrono::sys_time<Duration> instant) {
  const auto since = instant.time_since_epoch();
  return static_cast<double>(std::chrono::floor<std::chrono::milliseconds>(since).count()) / 1000.0;
}

inline double to_gauge(bool value) { return value ? 1 : 0; }

}  // namespace compliance
