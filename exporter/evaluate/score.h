// Results of checks -> the score of an installation, and how much of it could be evaluated.
#pragma once

#include <optional>
#include <vector>

#include "exporter/evaluate/evaluate.h"

namespace compliance {

struct Ratios {
  // Weighted pass / (pass + fail), the weights critical 8, high 4, medium 2, low 1; absent when
  // nothing passes or fails.
  std::optional<double> score{};
  // (pass + fail) / (pass + fail + unknown); absent when there is none of them.
  std::optional<double> coverage{};
};

Ratios ratios_of(const std::vector<CheckResult>& checks);

}  // namespace compliance
