// Lines for a terminal: wrapped, indented, coloured when wanted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "exporter/publish/reports/report.h"

namespace compliance {

enum class Color : std::uint8_t { bold, red, yellow, green, faint };

// What a paragraph begins with: words of our own, never foreign text.
struct LinePrefix {
  std::string text{};
  std::size_t columns = 0;  // that it takes, colours aside

  // Appends a word, padded with blanks to `width` columns.
  void add(std::string_view word, std::size_t width = 0);
};

class TableText {
 public:
  // Widths below 40 are taken as 40.
  explicit TableText(const ReportOptions& options);

  std::size_t width() const { return width_; }

  // `lead` and `text` as a paragraph no wider than the table unless a single word is; lines after
  // the first are indented by `indent` columns. Whatever `text` holds is shown, not obeyed.
  void paragraph(const LinePrefix& lead, std::size_t indent, std::string_view text);

  // An empty line.
  void gap() { text_ += '\n'; }

  // Appends a word in a colour, padded like Lead::add.
  void add_painted(LinePrefix& lead, std::string_view word, Color paint,
                   std::size_t width = 0) const;

  std::string take() { return std::move(text_); }

 private:
  void finish_line(std::string& line);

  std::size_t width_;
  bool colour_;
  std::string text_;
};

}  // namespace compliance
