// Metric families of prometheus-cpp put together from labels and values, and their text.
#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <prometheus/metric_family.h>

#include "exporter/publish/metrics/metric_names.h"

namespace compliance {

// The label as prometheus-cpp wants it. Every label value that comes from outside passes through
// here: bytes that are no UTF-8 would fail the whole scrape and become U+FFFD; newlines, quotes and
// backslashes are escaped by the serializer.
prometheus::ClientMetric::Label label(std::string_view name, std::string_view value);

// The instant in seconds since 1970, rounded down to the millisecond. Takes any resolution: the
// year 9999 does not fit into nanoseconds.
template <class Duration>
double to_unix_seconds(std::chrono::sys_time<Duration> instant) {
  const auto since = instant.time_since_epoch();
  return static_cast<double>(std::chrono::floor<std::chrono::milliseconds>(since).count()) / 1000.0;
}

// Prometheus has no booleans: 1 is true.
inline double to_gauge(bool value) { return value ? 1 : 0; }

// A label before it is sanitised; its name is a literal.
struct Label {
  std::string_view name;
  std::string_view value;
};

// Series of one family, each added once, in order of addition. Without a family it only counts.
class FamilyBuilder {
 public:
  // Only counts.
  FamilyBuilder() = default;
  // Refers to the name, which is a constant of metric_names.h.
  explicit FamilyBuilder(const MetricName& name) : name_(&name) {}

  // One series. Labels are in the order of the exposition; no two series may have equal ones.
  void add(std::initializer_list<Label> labels, double value);

  // Series added so far.
  std::size_t size() const { return size_; }

  // The family, or nothing when no series was added: a family without series is left out.
  std::vector<prometheus::MetricFamily> families() &&;

 private:
  const MetricName* name_ = nullptr;
  std::vector<prometheus::ClientMetric> series_;
  std::size_t size_ = 0;
};

// The families in the text exposition format 0.0.4, in their order.
std::string exposition_text(const std::vector<prometheus::MetricFamily>& families);

}  // namespace compliance
