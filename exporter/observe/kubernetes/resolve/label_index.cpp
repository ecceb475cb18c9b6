// Finds what a label selector selects without comparing it with everything.
#include "exporter/observe/kubernetes/resolve/label_index.h"

#include <algorithm>
#include <iterator>

namespace compliance::kubernetes {
namespace {

// No name, key or value of Kubernetes has a line break, so the parts cannot run into each other.
std::string label_key(const std::string& ns, const std::string& key, const std::string& value) {
  std::string label;
  label.reserve(ns.size() + key.size() + value.size() + 2);
  label.append(ns).append(1, '\n').append(key).append(1, '\n').append(value);
  return label;
}

}  // namespace

void LabelIndex::add(const std::string& ns, const Labels& labels) {
  const std::size_t number = labels_.size();
  labels_.push_back(&labels);
  by_namespace_[ns].push_back(number);
  for (const auto& [key, value] : labels) {
    by_label_[label_key(ns, key, value)].push_back(number);
  }
}

// Only requirements with one value narrow the choice: those are what Services and budgets have.
const std::vector<std::size_t>& LabelIndex::fewest(const std::string& ns,
                                                   const LabelSelector& selector) const {
  static const std::vector<std::size_t> none;
  const auto all = by_namespace_.find(ns);
  if (all == by_namespace_.end()) {
    return none;
  }
  const std::vector<std::size_t>* found = &all->second;
  for (const LabelRequirement& requirement : selector.requirements) {
    if (requirement.op != LabelOperator::in || requirement.values.size() != 1) {
      continue;
    }
    const auto entry = by_label_.find(label_key(ns, requirement.key, requirement.values.front()));
    if (entry == by_label_.end()) {
      return none;
    }
    if (entry->second.size() < found->size()) {
      found = &entry->second;
    }
  }
  return *found;
}

void LabelIndex::add_matching(const std::string& ns, const LabelSelector& selector,
                              std::vector<std::size_t>& numbers) const {
  const std::vector<std::size_t>& candidates = fewest(ns, selector);
  std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(numbers),
               [&](std::size_t number) { return matches(selector, *labels_[number]); });
}

std::vector<std::size_t> LabelIndex::matching(const std::optional<std::string>& ns,
                                              const LabelSelector& selector) const {
  std::vector<std::size_t> numbers;
  if (ns) {
    add_matching(*ns, selector, numbers);
    return numbers;
  }
  // Each namespace gives its numbers in order, but not all of them together.
  for (const auto& [name, all] : by_namespace_) {
    add_matching(name, selector, numbers);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace compliance::kubernetes
