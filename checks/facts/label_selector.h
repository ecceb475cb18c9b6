// Label selectors of Kubernetes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace compliance {

using Labels = std::map<std::string, std::string>;

enum class LabelOperator : std::uint8_t { in, not_in, exists, does_not_exist };

struct LabelRequirement {
  std::string key{};
  LabelOperator op = LabelOperator::in;
  std::vector<std::string> values{};  // of in and not_in

  bool operator==(const LabelRequirement&) const = default;
};

// matchLabels and matchExpressions together: an entry of matchLabels is an `in` with one value.
// One without requirements matches everything.
struct LabelSelector {
  std::vector<LabelRequirement> requirements{};

  bool operator==(const LabelSelector&) const = default;
};

// As the API server's: not_in matches an absent key too.
bool matches(const LabelRequirement& requirement, const Labels& labels);
bool matches(const LabelSelector& selector, const Labels& labels);
// A null selector matches nothing.
bool matches(const std::optional<LabelSelector>& selector, const Labels& labels);

}  // namespace compliance
