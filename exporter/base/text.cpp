// Texts put together.
#include "exporter/base/text.h"

#include <algorithm>

#include "exporter/base/escape.h"

namespace compliance {
namespace {

// RFC 3986, 2.3.
bool is_unreserved(char byte) {
  return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

}  // namespace

std::string wrapped(std::string_view text, const Wrapping& wrapping) {
  std::string lines;
  std::size_t column = wrapping.used;
  bool needs_blank = false;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (word.empty()) {
      continue;
    }
    const std::size_t columns = column_count(word);
    if (column > wrapping.indent && column + (needs_blank ? 1 : 0) + columns > wrapping.width) {
      lines.append("\n").append(wrapping.indent, ' ');
      column = wrapping.indent;
      needs_blank = false;
    }
    lines.append(needs_blank ? " " : "").append(word);
    column += columns + (needs_blank ? 1 : 0);
    needs_blank = true;
  }
  return lines;
}

std::string format_location(const Origin& origin) {
  std::string place{origin.place.text()};
  if (!place.empty() && origin.line > 0) {
    place += ":" + std::to_string(origin.line);
    if (origin.column > 0) {
      place += ":" + std::to_string(origin.column);
    }
  }
  return place;
}

std::string percent_encoded(std::string_view text, std::string_view kept) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char byte : text) {
    if (is_unreserved(byte) || kept.find(byte) != std::string_view::npos) {
      encoded.push_back(byte);
    } else {
      const auto value = static_cast<unsigned char>(byte);
      encoded += {'%', digits[value >> 4U], digits[value & 0xFU]};
    }
  }
  return encoded;
}

}  // namespace compliance
