// Reads label selectors and refuses what the API server refuses.
#include "exporter/observe/kubernetes/parse/label_selector.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace compliance::kubernetes {
namespace {

// An operator of matchExpressions, and whether it needs values or forbids them.
struct OperatorName {
  std::string_view name{};
  LabelOperator op = LabelOperator::in;
  bool has_values = false;
};

constexpr std::array<OperatorName, 4> operators{
    {{"In", LabelOperator::in, true},
     {"NotIn", LabelOperator::not_in, true},
     {"Exists", LabelOperator::exists, false},
     {"DoesNotExist", LabelOperator::does_not_exist, false}}};

// A key or a value, which has to be a text: true or 1 without quotes is refused.
std::string label_text(ManifestReader& reader, const Node& node, std::string_view field) {
  if (!node.is_null() && !is_text(node)) {
    reader.refuse(node, "'" + std::string{field} + "' of a selector is not a text");
  }
  return std::string{node.text()};
}

// Each label is the same as an expression with In and one value.
void read_match_labels(ManifestReader& reader, const Node& selector, LabelSelector& to) {
  const Node labels = reader.mapping(selector, "matchLabels");
  for (std::size_t index = 0; index < labels.size(); ++index) {
    to.requirements.push_back({.key = std::string{labels.key(index).text()},
                               .values = {label_text(reader, labels.at(index), "matchLabels")}});
  }
}

// After a refusal the result does not matter: the file is no evidence.
LabelRequirement read_expression(ManifestReader& reader, const Node& entry) {
  if (!entry.is_mapping()) {
    reader.refuse(entry, "an entry of 'matchExpressions' is not a mapping");
    return {};
  }
  reader.only_keys(entry, "matchExpressions", {"key", "operator", "values"});
  LabelRequirement requirement{.key = label_text(reader, entry["key"], "key")};
  const Node values = reader.list(entry, "values");
  for (std::size_t index = 0; index < values.size(); ++index) {
    requirement.values.push_back(label_text(reader, values.at(index), "values"));
  }
  const std::string name = reader.text(entry, "operator");
  const auto* const known =
      std::find_if(operators.begin(), operators.end(),
                   [&name](const OperatorName& candidate) { return candidate.name == name; });
  if (requirement.key.empty()) {
    reader.refuse(entry, "an entry of 'matchExpressions' has no key");
  } else if (known == operators.end()) {
    reader.refuse(entry, "'operator' of a selector is none of In, NotIn, Exists and DoesNotExist");
  } else if (known->has_values == requirement.values.empty()) {
    reader.refuse(entry, known->has_values ? "a selector with In or NotIn has no values"
                                           : "a selector with Exists or DoesNotExist has values");
  } else {
    requirement.op = known->op;
  }
  return requirement;
}

}  // namespace

std::optional<LabelSelector> read_label_selector(ManifestReader& reader, const Node& parent,
                                                 std::string_view key) {
  const Node node = reader.mapping(parent, key);
  if (!node) {
    return std::nullopt;
  }
  // Without its misspelt part a selector matches more than was meant, or everything.
  reader.only_keys(node, key, {"matchLabels", "matchExpressions"});
  LabelSelector selector;
  read_match_labels(reader, node, selector);
  const Node expressions = reader.list(node, "matchExpressions");
  for (std::size_t index = 0; index < expressions.size(); ++index) {
    selector.requirements.push_back(read_expression(reader, expressions.at(index)));
  }
  return selector;
}

}  // namespace compliance::kubernetes
