// Label selectors of Kubernetes.
#include "checks/facts/label_selector.h"

#include <algorithm>

namespace compliance {

bool matches(const LabelRequirement& requirement, const Labels& labels) {
  const auto label = labels.find(requirement.key);
  const bool present = label != labels.end();
  const auto is_listed = [&] {
    return present && std::find(requirement.values.begin(), requirement.values.end(),
                                label->second) != requirement.values.end();
  };
  switch (requirement.op) {
    case LabelOperator::in:
      return is_listed();
    // An absent key is in no list.
    case LabelOperator::not_in:
      return !is_listed();
    case LabelOperator::exists:
      return present;
    case LabelOperator::does_not_exist:
      return !present;
  }
  return false;
}

bool matches(const LabelSelector& selector, const Labels& labels) {
  return std::all_of(
      selector.requirements.begin(), selector.requirements.end(),
      [&labels](const LabelRequirement& requirement) { return matches(requirement, labels); });
}

bool matches(const std::optional<LabelSelector>& selector, const Labels& labels) {
  return selector && matches(*selector, labels);
}

}  // namespace compliance
