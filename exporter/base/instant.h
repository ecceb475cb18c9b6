// A moment of the wall clock.
#pragma once

#include <chrono>

namespace compliance {

// The wall clock may be set back: no Instant measures a duration. On this platform it counts
// nanoseconds and ends in the year 2262.
using Instant = std::chrono::system_clock::time_point;

}  // namespace compliance
