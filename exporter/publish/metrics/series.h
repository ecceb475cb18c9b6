// Series in the text exposition format 0.0.4, gathered by family. Written here and not by
// prometheus-cpp: its serializer leaves HELP texts and invalid UTF-8 as they are, spells NaN
// "Nan", cuts doubles at 16 digits, and needs two heap strings for each label.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/publish/metrics/metric_names.h"

namespace compliance {

struct Label {
  std::string_view name;  // a literal
  std::string_view value;
};

using SeriesLabels = std::initializer_list<Label>;

// Counts of a histogram as they are shown; bounds in ascending order.
struct Buckets {
  const std::vector<double>& bounds;
  const std::vector<std::uint64_t>& counts;  // not cumulative; the last is that of +Inf
  double sum;
};

// Series of several families. Each series is added once; that is the caller's duty.
class SeriesBlock {
 public:
  void add(const MetricName& family, SeriesLabels labels, double value);
  void add_histogram(const MetricName& family, SeriesLabels labels, const Buckets& buckets);

  // Series added so far; a histogram counts as its buckets, sum and count.
  std::size_t size() const { return size_; }

 private:
  friend std::string exposition_of(const std::vector<SeriesBlock>& blocks);

  struct FamilyText {
    const MetricName* family = nullptr;
    std::string lines{};
  };

  std::string& lines_of(const MetricName& family);

  std::map<std::string_view, FamilyText> families_;  // by name
  std::size_t size_ = 0;
};

// The families of all blocks, in order of name, with HELP and TYPE once; inside a family in order
// of the blocks and then of addition. A family without series is left out.
std::string exposition_of(const std::vector<SeriesBlock>& blocks);

// A number as the format spells it: shortest digits that read back as the same double, no exponent
// in the range of timestamps and sizes, NaN, +Inf, -Inf.
std::string exposition_number(double value);

}  // namespace compliance
