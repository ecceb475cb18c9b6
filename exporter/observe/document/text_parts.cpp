// Finds the parts of a text that can be read by themselves, as kubectl reads them: it cuts YAML at
// lines of "---" and takes JSON objects from the stream one by one.
#include <algorithm>
#include <string_view>

#include "exporter/observe/document/document.h"

namespace compliance::document {
namespace {

constexpr std::string_view marker = "---";
constexpr std::string_view white_space = " \t\r\n";

// Cuts parts off the front of a text and counts lines and columns on the way.
class Cutter {
 public:
  explicit Cutter(const TextPart& whole) : rest_(whole) {}

  std::string_view rest() const { return rest_.text; }

  // The first `size` bytes of the rest, which begins behind them from now on.
  TextPart take(std::size_t size) {
    TextPart part = rest_;
    part.text = rest_.text.substr(0, size);
    rest_.text.remove_prefix(part.text.size());
    const auto lines = std::count(part.text.begin(), part.text.end(), '\n');
    // rfind gives npos without a line break, and the whole part follows from 0 on.
    const std::string_view last_line = part.text.substr(part.text.rfind('\n') + 1);
    // Bytes that continue a character are no column.
    const auto columns = std::count_if(last_line.begin(), last_line.end(), [](char byte) {
      return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    });
    rest_.lines_before += static_cast<std::uint32_t>(lines);
    rest_.columns_before =
        static_cast<std::uint32_t>(columns) + (lines == 0 ? rest_.columns_before : 0);
    return part;
  }

 private:
  TextPart rest_;
};

bool is_space(char c) { return white_space.find(c) != std::string_view::npos; }

// A line of "---" with nothing or white space behind the hyphens.
bool begins_document(std::string_view text) {
  return text.starts_with(marker) &&
         (text.size() == marker.size() || is_space(text[marker.size()]));
}

// Where the next line of "---" begins behind the first character; the size without one.
std::size_t next_marker(std::string_view text) {
  for (std::size_t at = text.find("\n---"); at != std::string_view::npos;
       at = text.find("\n---", at + 1)) {
    if (begins_document(text.substr(at + 1))) {
      return at + 1;
    }
  }
  return text.size();
}

// Where the first value of a document begins: behind its marker, white space and comments.
std::size_t begin_of_value(std::string_view text) {
  std::size_t at = text.find_first_not_of(white_space, begins_document(text) ? marker.size() : 0);
  while (at != std::string_view::npos && text[at] == '#') {
    at = text.find_first_not_of(white_space, text.find('\n', at));
  }
  return at;
}

// The size of the JSON object that the text begins with, and of what stands in front of it; 0 when
// it begins with none, or with one that does not end.
std::size_t json_object_size(std::string_view text) {
  std::size_t at = begin_of_value(text);
  if (at == std::string_view::npos || text[at] != '{') {
    return 0;
  }
  std::size_t depth = 0;
  bool quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      quoted = !quoted;
    } else if (quoted) {
      at += c == '\\' ? 1U : 0U;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return at + 1;
    }
  }
  return 0;
}

// Cuts the text where `size_of_next` says; a rest for which it says 0 is the last part.
std::vector<TextPart> cut(const TextPart& whole, std::size_t (*size_of_next)(std::string_view)) {
  std::vector<TextPart> parts;
  Cutter cutter{whole};
  while (cutter.rest().find_first_not_of(white_space) != std::string_view::npos) {
    const std::size_t size = size_of_next(cutter.rest());
    parts.push_back(cutter.take(size == 0 ? cutter.rest().size() : size));
    if (parts.size() > Budget{}.max_documents) {
      return {};
    }
  }
  return parts.size() < 2 ? std::vector<TextPart>{} : parts;
}

}  // namespace

std::vector<TextPart> parts_of(const TextPart& part) {
  auto documents = cut(part, &next_marker);
  return documents.empty() ? cut(part, &json_object_size) : documents;
}

}  // namespace compliance::document
