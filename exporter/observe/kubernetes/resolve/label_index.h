// Finds what a label selector selects without comparing it with everything.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/facts/label_selector.h"

namespace compliance::kubernetes {

// Labelled things, numbered from 0 in the order in which they are added; their labels stay the
// caller's and must outlive the index. Safe to read from several threads once all are added.
// Selectors and pods of a hostile file could otherwise multiply.
class LabelIndex {
 public:
  // `ns` is the namespace; the thing gets the next number.
  void add(const std::string& ns, const Labels& labels);

  // The numbers of those that the selector matches, ascending. `ns`: only in that namespace;
  // nothing: in every one. An empty selector matches all.
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
  // By namespace, key and value.
  std::unordered_map<std::string, std::vector<std::size_t>> by_label_{};
};

}  // namespace compliance::kubernetes
