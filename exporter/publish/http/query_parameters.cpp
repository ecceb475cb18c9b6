// The parameters of a query.
#include "exporter/publish/http/query_parameters.h"

#include <algorithm>

namespace compliance {
namespace {

std::optional<int> hex_digit(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  const std::size_t place = digits.find(lower);
  return place == std::string_view::npos ? std::nullopt : std::optional{static_cast<int>(place)};
}

// The text without percent-encoding; nothing where that is broken.
std::optional<std::string> decoded(std::string_view text) {
  constexpr int base = 16;
  std::string result;
  for (std::size_t index = 0; index < text.size(); ++index) {
    if (text[index] != '%') {
      result += text[index];
      continue;
    }
    const auto high = index + 2 < text.size() ? hex_digit(text[index + 1]) : std::nullopt;
    const auto low = high ? hex_digit(text[index + 2]) : std::nullopt;
    if (!low) {
      return std::nullopt;
    }
    result += static_cast<char>(*high * base + *low);
    index += 2;
  }
  return result;
}

}  // namespace

std::vector<QueryParameter> query_parameters(std::string_view query) {
  std::vector<QueryParameter> parameters;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const auto equals = std::min(parameter.find('='), parameter.size());
    parameters.push_back(
        {.name = parameter.substr(0, equals),
         .value = decoded(parameter.substr(std::min(equals + 1, parameter.size())))});
  }
  return parameters;
}

}  // namespace compliance
