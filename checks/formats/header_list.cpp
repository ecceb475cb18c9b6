// The values of a header that is a list.
#include "checks/formats/header_list.h"

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// The position behind the quoted string that begins at `begin`; beyond the end where it is not
// closed.
std::size_t behind_quotes(std::string_view text, std::size_t begin) {
  std::size_t index = begin + 1;
  while (index < text.size() && text[index] != '"') {
    index += text[index] == '\\' ? 2 : 1;
  }
  return index + 1;
}

// The position of the comma that ends the first value, or one at the end or beyond.
std::size_t end_of_value(std::string_view text) {
  std::size_t index = 0;
  while (index < text.size() && text[index] != ',') {
    index = text[index] == '"' ? behind_quotes(text, index) : index + 1;
  }
  return index;
}

}  // namespace

std::vector<std::string> list_values(const HttpAnswer& answer, std::string_view name) {
  std::vector<std::string> values;
  for (std::string_view text : header_values(answer, name)) {
    // At least one value for each header: an empty header is a list of one empty value.
    std::size_t end = end_of_value(text);
    values.emplace_back(trimmed(text.substr(0, end)));
    while (end < text.size()) {
      text.remove_prefix(end + 1);
      end = end_of_value(text);
      values.emplace_back(trimmed(text.substr(0, end)));
    }
  }
  return values;
}

}  // namespace compliance
