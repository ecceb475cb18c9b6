// Label selectors of Kubernetes: LabelSelector of the API, with matchLabels and matchExpressions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace compliance {

using Labels = std::map<std::string, std::string>;

// The operators of matchExpressions; the API has no others.
enum class LabelOperator : std::uint8_t { in, not_in, exists, does_not_exist };

// One condition on one label.
struct LabelRequirement {
  std::string key{};
  LabelOperator op = LabelOperator::in;
  std::vector<std::string> values{};  // of in and not_in

  // By the order of `values` too, although it does not change what matches.
  bool operator==(const LabelRequirement&) const = default;
};

// matchLabels and matchExpressions together: an entry of matchLabels is an `in` with one value. All
// requirements have to hold. A selector without requirements matches everything.
struct LabelSelector {
  std::vector<LabelRequirement> requirements{};

  // By form: selectors that match the same pods may differ.
  bool operator==(const LabelSelector&) const = default;
};

// As the API server decides: not_in matches an absent key too.
bool matches(const LabelRequirement& requirement, const Labels& labels);
// True when every requirement holds; so is that of an empty selector.
bool matches(const LabelSelector& selector, const Labels& labels);
// A null selector matches nothing, while an empty one matches everything.
bool matches(const std::optional<LabelSelector>& selector, const Labels& labels);

}  // namespace compliance
