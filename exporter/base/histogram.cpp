// Counts of a histogram, as a Prometheus one has them.
#include "exporter/base/histogram.h"

#include <algorithm>
#include <cstddef>

namespace compliance {

void Histogram::observe(double value) {
  counts.resize(bounds.size() + 1);
  // A value that equals a bound belongs to that bucket: le means at most.
  const auto bound = std::lower_bound(bounds.begin(), bounds.end(), value);
  ++counts[static_cast<std::size_t>(bound - bounds.begin())];
  sum += value;
}

}  // namespace compliance
