// Lines for a terminal.
#include "exporter/publish/reports/table_text.h"

#include <algorithm>

#include "exporter/base/escape.h"

namespace compliance {
namespace {

constexpr std::size_t smallest_width = 40;

std::string_view code_of(Color paint) {
  switch (paint) {
    case Color::bold:
      return "\x1B[1m";
    case Color::red:
      return "\x1B[1;31m";
    case Color::yellow:
      return "\x1B[33m";
    case Color::green:
      return "\x1B[32m";
    case Color::faint:
      return "\x1B[2m";
  }
  return "";
}

// Blanks that bring `word` to `width` columns.
std::string padding(std::string_view word, std::size_t width) {
  const std::size_t columns = column_count(word);
  return std::string(width > columns ? width - columns : 0, ' ');
}

}  // namespace

void LinePrefix::add(std::string_view word, std::size_t width) {
  text += word;
  text += padding(word, width);
  columns += std::max(column_count(word), width);
}

TableText::TableText(const ReportOptions& options)
    : width_(std::max(options.width, smallest_width)), colour_(options.colour) {}

void TableText::add_painted(LinePrefix& lead, std::string_view word, Color paint,
                            std::size_t width) const {
  if (!colour_) {
    lead.add(word, width);
    return;
  }
  lead.text += code_of(paint);
  lead.text += word;
  lead.text += "\x1B[0m" + padding(word, width);
  lead.columns += std::max(column_count(word), width);
}

void TableText::paragraph(const LinePrefix& lead, std::size_t indent, std::string_view text) {
  const std::string shown = printable(text);
  std::string line = lead.text;
  std::size_t used = lead.columns;
  bool needs_blank = false;
  for (std::size_t begin = 0; begin < shown.size();) {
    const std::size_t end = std::min(shown.find(' ', begin), shown.size());
    const std::string_view word = std::string_view{shown}.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) {
      continue;
    }
    const std::size_t columns = column_count(word);
    if (used > indent && used + (needs_blank ? 1 : 0) + columns > width_) {
      finish_line(line);
      line.assign(indent, ' ');
      used = indent;
      needs_blank = false;
    }
    line += needs_blank ? " " : "";
    line += word;
    used += columns + (needs_blank ? 1 : 0);
    needs_blank = true;
  }
  finish_line(line);
}

void TableText::finish_line(std::string& line) {
  line.erase(line.find_last_not_of(' ') + 1);
  text_ += line;
  text_ += '\n';
}

}  // namespace compliance
