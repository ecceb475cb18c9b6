// Counts of a histogram, as a Prometheus one has them.
#pragma once

#include <cstdint>
#include <vector>

namespace compliance {

struct Histogram {
  std::vector<double> bounds{};         // ascending
  std::vector<std::uint64_t> counts{};  // one more than bounds: the last is +Inf; not cumulative
  double sum = 0;

  void observe(double value);
  bool operator==(const Histogram&) const = default;
};

}  // namespace compliance
