// The parameters of a query.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace compliance {

struct QueryParameter {
  std::string_view name{};             // as it was sent
  std::optional<std::string> value{};  // decoded; nothing where its percent-encoding is broken
};

// "a=1&b=2", in order. A plus stays one, since instants have them. The names are parts of `query`.
std::vector<QueryParameter> query_parameters(std::string_view query);

}  // namespace compliance
