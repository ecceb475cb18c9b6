// Finds what a selector selects without looking at everything.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/facts/label_selector.h"

namespace compliance::kubernetes {

// Labelled things, numbered in the order in which they are added; their labels stay the caller's.
class LabelIndex {
 public:
  void add(const std::string& ns, const Labels& labels);

  // The numbers of those in the namespace that the selector matches, ascending; nothing for the
  // namespace: in every one.
  std::vector<std::size_t> matching(const std::optional<std::string>& ns,
                                    const LabelSelector& selector) const;

 private:
  // The fewest of the namespace that share a label which the selector demands; all of it when it
  // demands none.
  const std::vector<std::size_t>& fewest(const std::string& ns,
                                         const LabelSelector& selector) const;
  void add_matching(const std::string& ns, const LabelSelector& selector,
                    std::vector<std::size_t>& numbers) const;

  std::vector<const Labels*> labels_{};
  std::unordered_map<std::string, std::vector<std::size_t>> by_namespace_{};
  std::unordered_map<std::string, std::vector<std::size_t>> by_label_{};
};

}  // namespace compliance::kubernetes
