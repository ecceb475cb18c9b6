// Finds what a selector selects without looking at everything.
#include "exporter/observe/kubernetes/resolve/label_index.h"

#include <algorithm>
#include <iterator>

namespace compliance::kubernetes {
namespace {

std::string label_key(const std::string& in, const std::string& key, const std::string& value) {
  std::string label;
  label.reserve(in.size() + key.size() + value.size() + 2);
  label.append(in).append(1, '\n').append(key).append(1, '\n').append(value);
  return label;
}

}  // namespace

void LabelIndex::add(const std::string& in, const Labels& labels) {
  const std::size_t number = labels_.size();
  labels_.push_back(&labels);
  by_namespace_[in].push_back(number);
  for (const auto& [key, value] : labels) {
    by_label_[label_key(in, key, value)].push_back(number);
  }
}

const std::vector<std::size_t>& LabelIndex::fewest(const std::string& in,
                                                   const LabelSelector& selector) const {
  static const std::vector<std::size_t> none;
  const auto all = by_namespace_.find(in);
  if (all == by_namespace_.end()) {
    return none;
  }
  const std::vector<std::size_t>* found = &all->second;
  for (const LabelRequirement& requirement : selector.requirements) {
    if (requirement.op != LabelOperator::in || requirement.values.size() != 1) {
      continue;
    }
    const auto entry = by_label_.find(label_key(in, requirement.key, requirement.values.front()));
    if (entry == by_label_.end()) {
      return none;
    }
    if (entry->second.size() < found->size()) {
      found = &entry->second;
    }
  }
  return *found;
}

void LabelIndex::add_matching(const std::string& in, const LabelSelector& selector,
                              std::vector<std::size_t>& numbers) const {
  const std::vector<std::size_t>& candidates = fewest(in, selector);
  std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(numbers),
               [&](std::size_t number) { return matches(selector, *labels_[number]); });
}

std::vector<std::size_t> LabelIndex::matching(const std::optional<std::string>& in,
                                              const LabelSelector& selector) const {
  std::vector<std::size_t> numbers;
  if (in) {
    add_matching(*in, selector, numbers);
    return numbers;
  }
  for (const auto& [name, all] : by_namespace_) {
    add_matching(name, selector, numbers);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace compliance::kubernetes
