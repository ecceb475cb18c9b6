// TableText: paragraphs for a terminal, wrapped, indented, with colours if wanted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "exporter/publish/reports/report.h"

namespace compliance {

// Each stands beside a word that says the same, since output may have no colours.
enum class Color : std::uint8_t { bold, red, yellow, green, faint };

// The beginning of a paragraph: text of this program, never foreign text.
struct LinePrefix {
  std::string text{};
  std::size_t columns = 0;  // that it takes on a terminal, without color codes

  // Appends a word, padded with blanks to `width` columns.
  void add(std::string_view word, std::size_t width = 0);
};

// Collects the paragraphs of a report. Used by one thread.
class TableText {
 public:
  // Widths below 40 are taken as 40.
  explicit TableText(const ReportOptions& options);

  std::size_t width() const { return width_; }

  // A paragraph that begins with the prefix and is no wider than the table, unless a single word
  // is. Lines after the first are indented by `indent` columns. Control characters are escaped.
  void paragraph(const LinePrefix& prefix, std::size_t indent, std::string_view text);

  // An empty line.
  void gap() { text_ += '\n'; }

  // Appends a word in a color, padded like LinePrefix::add.
  void add_colored(LinePrefix& prefix, std::string_view word, Color color,
                   std::size_t width = 0) const;

  // The report; nothing is left to write to.
  std::string take() { return std::move(text_); }

 private:
  std::size_t width_;
  bool color_;
  std::string text_;
};

}  // namespace compliance
