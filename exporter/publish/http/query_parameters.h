// The parameters of a query: the one parser for all paths.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace compliance {

// One parameter, with or without "=".
struct QueryParameter {
  std::string name{};                  // as it was sent
  std::optional<std::string> value{};  // decoded; nothing where its percent-encoding is invalid
};

using QueryParameters = std::vector<QueryParameter>;

// "a=1&b=2", in order, repeated ones included; `query` stands without its "?". A plus stays one,
// since instants contain them ("+01:00"). A parameter without "=" has an empty value.
QueryParameters query_parameters(std::string_view query);

}  // namespace compliance
