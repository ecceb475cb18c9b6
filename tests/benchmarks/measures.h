// What the benchmarks compare with.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace compliance::benchmarks {

// Reads every event of `text` with libyaml alone and returns how many there are; 0 when broken.
std::size_t count_events(std::string_view text);

// Seconds of processor time that `work` takes: other processes do not count.
double seconds_of(const std::function<void()>& work);

// Seconds that pass meanwhile: for work on several processors, which others should leave alone.
double wall_seconds_of(const std::function<void()>& work);

// Bytes by which the peak of resident memory grows while `work` runs in a forked child; 0 when it
// could not be measured.
std::size_t peak_growth_of(const std::function<void()>& work);

}  // namespace compliance::benchmarks
