// TableText: wraps paragraphs and colours words.
#include "exporter/publish/reports/table_text.h"

#include <algorithm>

#include "exporter/base/escape.h"
#include "exporter/base/text.h"

namespace compliance {
namespace {

// Below this, indented text would have hardly a word in a line.
constexpr std::size_t min_width = 40;

// Sequences of ECMA-48 that every terminal knows.
std::string_view code_of(Color color) {
  switch (color) {
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
  std::string blanks(width > columns ? width - columns : 0, ' ');
  return blanks;
}

}  // namespace

void LinePrefix::add(std::string_view word, std::size_t width) {
  text += word;
  text += padding(word, width);
  columns += std::max(column_count(word), width);
}

TableText::TableText(const ReportOptions& options)
    : width_(std::max(options.width, min_width)), color_(options.color) {}

void TableText::add_colored(LinePrefix& prefix, std::string_view word, Color color,
                            std::size_t width) const {
  if (!color_) {
    prefix.add(word, width);
    return;
  }
  prefix.text += code_of(color);
  prefix.text += word;
  prefix.text += "\x1B[0m" + padding(word, width);
  prefix.columns += std::max(column_count(word), width);
}

void TableText::paragraph(const LinePrefix& prefix, std::size_t indent, std::string_view text) {
  const std::string lines =
      wrapped(printable(text), {.width = width_, .indent = indent, .used = prefix.columns});
  // Without text behind it the prefix must not end in blanks.
  const bool stands_alone = lines.empty() || lines.front() == '\n';
  text_ +=
      stands_alone ? prefix.text.substr(0, prefix.text.find_last_not_of(' ') + 1) : prefix.text;
  text_ += lines + "\n";
}

}  // namespace compliance
