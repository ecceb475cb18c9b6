// A moment of the wall clock.
#pragma once

#include <chrono>

namespace compliance {

using Instant = std::chrono::system_clock::time_point;

}  // namespace compliance
