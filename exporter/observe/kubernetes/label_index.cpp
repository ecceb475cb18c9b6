// Finds what a selector selects without looking at everything.
#include "exporter/observe/kubernetes/label_index.h"

#include <numeric>

namespace compliance::kubernetes {
namespace {

// "*" is no namespace: it stands for all of them.
std::string label_key(std::string_view in, const std::string& key, const std::string& value) {
  return std::string{in} + '\n' + key + '\n' + value;
}

}  // namespace

void LabelIndex::add(const std::string& in, const Labels& labels) {
  const std::size_t number = entries_.size();
  entries_.push_back({.in = in, .labels = &labels});
  by_namespace_[in].push_back(number);
  for (const auto& [key, value] : labels) {
    by_label_[label_key(in, key, value)].push_back(number);
    by_label_[label_key("*", key, value)].push_back(number);
  }
}

const std::vector<std::size_t>* LabelIndex::fewest(const std::optional<std::string>& in,
                                                   const LabelSelector& selector) const {
  static const std::vector<std::size_t> none;
  const std::vector<std::size_t>* found = nullptr;
  for (const LabelRequirement& requirement : selector.requirements) {
    if (requirement.op != LabelOperator::in || requirement.values.size() != 1) {
      continue;
    }
    const auto entry =
        by_label_.find(label_key(in.value_or("*"), requirement.key, requirement.values.front()));
    if (entry == by_label_.end()) {
      return &none;
    }
    if (found == nullptr || entry->second.size() < found->size()) {
      found = &entry->second;
    }
  }
  return found;
}

std::vector<std::size_t> LabelIndex::matching(const std::optional<std::string>& in,
                                              const LabelSelector& selector) const {
  std::vector<std::size_t> candidates;
  if (const auto* few = fewest(in, selector)) {
    candidates = *few;
  } else if (!in) {
    candidates.resize(entries_.size());
    std::iota(candidates.begin(), candidates.end(), std::size_t{0});
  } else if (const auto found = by_namespace_.find(*in); found != by_namespace_.end()) {
    candidates = found->second;
  }
  std::erase_if(candidates,
                [&](std::size_t number) { return !matches(selector, *entries_[number].labels); });
  return candidates;
}

}  // namespace compliance::kubernetes
