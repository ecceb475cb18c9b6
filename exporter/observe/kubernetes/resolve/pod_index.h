// Pods by namespace and label, so that a selector finds its pods without asking each.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/facts/label_selector.h"

namespace compliance::kubernetes {

class PodIndex {
 public:
  // Adds a pod; answers its number, which counts from 0. The labels must outlive the index.
  std::uint32_t add(const std::string& in, const Labels& labels);

  // Numbers of the pods in that namespace which the selector matches, in no order, each once.
  std::vector<std::uint32_t> selected(const std::string& in, const LabelSelector& selector) const;

  // True when there is such a pod.
  bool selects_any(const std::string& in, const LabelSelector& selector) const;

  // True when for each value of the requirement a pod in that namespace has it.
  bool has_each_value(const std::string& in, const LabelRequirement& requirement) const;

 private:
  using Numbers = std::vector<std::uint32_t>;

  std::vector<const Numbers*> candidates(const std::string& in,
                                         const LabelRequirement& requirement) const;
  std::vector<const Numbers*> candidates(const std::string& in,
                                         const LabelSelector& selector) const;

  std::vector<const Labels*> labels_{};
  std::unordered_map<std::string, Numbers> by_namespace_{};
  std::unordered_map<std::string, Numbers> by_label_{};
};

}  // namespace compliance::kubernetes
