// The parameters of a query: the one parser for all paths.
#include "exporter/publish/http/query_parameters.h"

#include <algorithm>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// The text without percent-encoding; nothing where that is invalid.
std::optional<std::string> decoded(std::string_view text) {
  // A text with a broken escape is rejected, not repaired: two readers of it might differ.
  for (auto escape = text.find('%'); escape != std::string_view::npos;
       escape = text.find('%', escape + 1)) {
    const auto digits = text.substr(escape + 1, 2);
    if (digits.size() < 2 || !std::all_of(digits.begin(), digits.end(), &is_hex_digit)) {
      return std::nullopt;
    }
  }
  return percent_decoded(text);
}

}  // namespace

QueryParameters query_parameters(std::string_view query) {
  QueryParameters parameters;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const auto equals = std::min(parameter.find('='), parameter.size());
    parameters.push_back(
        {.name = std::string{parameter.substr(0, equals)},
         .value = decoded(parameter.substr(std::min(equals + 1, parameter.size())))});
  }
  return parameters;
}

}  // namespace compliance
