// Metric families of prometheus-cpp put together from labels and values, and their text.
#include "exporter/publish/metrics/family_builder.h"

#include <sstream>
#include <utility>

#include <prometheus/text_serializer.h>

#include "exporter/base/escape.h"

namespace compliance {

prometheus::ClientMetric::Label label(std::string_view name, std::string_view value) {
  return {.name = std::string{name}, .value = valid_utf8(value)};
}

void FamilyBuilder::add(std::initializer_list<Label> labels, double value) {
  ++size_;
  if (name_ == nullptr) {
    return;
  }
  prometheus::ClientMetric& series = series_.emplace_back();
  series.label.reserve(labels.size());
  for (const Label& own : labels) {
    series.label.push_back(label(own.name, own.value));
  }
  // Verdict families know these two types; histograms are the runtime's.
  if (name_->type == prometheus::MetricType::Counter) {
    series.counter.value = value;
  } else {
    series.gauge.value = value;
  }
}

std::vector<prometheus::MetricFamily> FamilyBuilder::families() && {
  if (series_.empty()) {
    return {};
  }
  std::vector<prometheus::MetricFamily> families(1);
  families.front() = {.name = std::string{name_->name},
                      .help = std::string{name_->help},
                      .type = name_->type,
                      .metric = std::move(series_)};
  return families;
}

std::string exposition_text(const std::vector<prometheus::MetricFamily>& families) {
  std::ostringstream text;
  prometheus::TextSerializer{}.Serialize(text, families);
  return std::move(text).str();
}

}  // namespace compliance
