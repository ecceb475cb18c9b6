// Pods by namespace and label.
#include "exporter/observe/kubernetes/resolve/pod_index.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace compliance::kubernetes {
namespace {

std::string indexed_label(const std::string& in, const std::string& key, const std::string& value) {
  return in + '\n' + key + '\n' + value;
}

template <class Map>
auto* found_in(const Map& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

template <class Lists>
std::size_t size_of(const Lists& lists) {
  std::size_t size = 0;
  for (const auto* list : lists) {
    size += list->size();
  }
  return size;
}

}  // namespace

std::uint32_t PodIndex::add(const std::string& in, const Labels& labels) {
  const auto number = static_cast<std::uint32_t>(labels_.size());
  labels_.push_back(&labels);
  by_namespace_[in].push_back(number);
  for (const auto& [key, value] : labels) {
    by_label_[indexed_label(in, key, value)].push_back(number);
  }
  return number;
}

std::vector<const PodIndex::Numbers*> PodIndex::candidates(
    const std::string& in, const LabelRequirement& requirement) const {
  std::vector<const Numbers*> lists;
  const std::set<std::string> values{requirement.values.begin(), requirement.values.end()};
  for (const std::string& value : values) {
    if (const Numbers* list = found_in(by_label_, indexed_label(in, requirement.key, value))) {
      lists.push_back(list);
    }
  }
  return lists;
}

// The requirement that leaves the fewest pods decides which ones are asked.
std::vector<const PodIndex::Numbers*> PodIndex::candidates(const std::string& in,
                                                           const LabelSelector& selector) const {
  const Numbers* all = found_in(by_namespace_, in);
  std::vector<const Numbers*> best;
  if (all != nullptr) {
    best.push_back(all);
  }
  for (const LabelRequirement& requirement : selector.requirements) {
    if (requirement.op == LabelOperator::in) {
      auto lists = candidates(in, requirement);
      if (size_of(lists) < size_of(best)) {
        best = std::move(lists);
      }
    }
  }
  return best;
}

std::vector<std::uint32_t> PodIndex::selected(const std::string& in,
                                              const LabelSelector& selector) const {
  Numbers numbers;
  for (const Numbers* list : candidates(in, selector)) {
    std::copy_if(list->begin(), list->end(), std::back_inserter(numbers),
                 [&](std::uint32_t number) { return matches(selector, *labels_[number]); });
  }
  return numbers;
}

bool PodIndex::selects_any(const std::string& in, const LabelSelector& selector) const {
  const auto lists = candidates(in, selector);
  return std::any_of(lists.begin(), lists.end(), [&](const Numbers* list) {
    return std::any_of(list->begin(), list->end(),
                       [&](std::uint32_t number) { return matches(selector, *labels_[number]); });
  });
}

bool PodIndex::has_each_value(const std::string& in, const LabelRequirement& requirement) const {
  return std::all_of(requirement.values.begin(), requirement.values.end(),
                     [&](const std::string& value) {
                       return by_label_.contains(indexed_label(in, requirement.key, value));
                     });
}

}  // namespace compliance::kubernetes
