// Series in the text exposition format 0.0.4, gathered by family.
#include "exporter/publish/metrics/series.h"

#include <array>
#include <charconv>
#include <cmath>

#include "exporter/base/escape.h"

namespace compliance {
namespace {

std::string_view word_of(MetricType type) {
  switch (type) {
    case MetricType::gauge:
      return "gauge";
    case MetricType::counter:
      return "counter";
    case MetricType::histogram:
      return "histogram";
  }
  return "untyped";
}

// Escapes backslashes and newlines, and quotes where they would end the text.
void append_escaped(std::string& line, std::string_view text, bool escape_quotes) {
  for (const char byte : valid_utf8(text)) {
    if (byte == '\n') {
      line += "\\n";
    } else if (byte == '\\' || (byte == '"' && escape_quotes)) {
      line += '\\';
      line += byte;
    } else {
      line += byte;
    }
  }
}

// Labels of a histogram's bucket are those of the family and `le`; no histogram has others yet.
void append_series(std::string& lines, std::string_view name, std::span<const Label> labels,
                   double value) {
  lines += name;
  char separator = '{';
  for (const Label& label : labels) {
    lines += separator;
    lines += label.name;
    lines += "=\"";
    append_escaped(lines, label.value, true);
    lines += '"';
    separator = ',';
  }
  if (!labels.empty()) {
    lines += '}';
  }
  lines += ' ';
  lines += exposition_number(value);
  lines += '\n';
}

void append_header(std::string& text, const MetricName& family) {
  text += "# HELP ";
  text += family.name;
  text += ' ';
  append_escaped(text, family.help, false);
  text += "\n# TYPE ";
  text += family.name;
  text += ' ';
  text += word_of(family.type);
  text += '\n';
}

}  // namespace

std::string& SeriesBlock::lines_of(const MetricName& family) {
  FamilyText& text = families_[family.name];
  text.family = &family;
  return text.lines;
}

void SeriesBlock::add(const MetricName& family, SeriesLabels labels, double value) {
  append_series(lines_of(family), family.name, {labels.begin(), labels.size()}, value);
  ++size_;
}

void SeriesBlock::add_histogram(const MetricName& family, SeriesLabels labels,
                                const Buckets& buckets) {
  std::vector<Label> bucket_labels{labels};
  bucket_labels.push_back({"le", ""});
  std::string& lines = lines_of(family);
  const std::string name{family.name};
  std::uint64_t cumulative = 0;
  for (std::size_t index = 0; index <= buckets.bounds.size(); ++index) {
    cumulative += index < buckets.counts.size() ? buckets.counts[index] : 0;
    const std::string bound =
        index < buckets.bounds.size() ? exposition_number(buckets.bounds[index]) : "+Inf";
    bucket_labels.back().value = bound;
    append_series(lines, name + "_bucket", bucket_labels, static_cast<double>(cumulative));
  }
  const std::span<const Label> own{labels.begin(), labels.size()};
  append_series(lines, name + "_sum", own, buckets.sum);
  append_series(lines, name + "_count", own, static_cast<double>(cumulative));
  size_ += buckets.bounds.size() + 3;
}

std::string exposition_of(const std::vector<SeriesBlock>& blocks) {
  std::map<std::string_view, const MetricName*> families;
  std::size_t bytes = 0;
  for (const SeriesBlock& block : blocks) {
    for (const auto& [name, text] : block.families_) {
      families.emplace(name, text.family);
      bytes += text.lines.size();
    }
  }
  std::string exposition;
  exposition.reserve(bytes + families.size() * 256);
  for (const auto& [name, family] : families) {
    append_header(exposition, *family);
    for (const SeriesBlock& block : blocks) {
      const auto text = block.families_.find(name);
      exposition += text == block.families_.end() ? std::string_view{} : text->second.lines;
    }
  }
  return exposition;
}

std::string exposition_number(double value) {
  if (std::isnan(value)) {
    return "NaN";
  }
  if (std::isinf(value)) {
    return value > 0 ? "+Inf" : "-Inf";
  }
  const double size = std::abs(value);
  const bool plain = size == 0 || (size >= 1e-6 && size < 1e17);
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), value,
                                 plain ? std::chars_format::fixed : std::chars_format::general);
  return {digits.begin(), end.ptr};
}

}  // namespace compliance
