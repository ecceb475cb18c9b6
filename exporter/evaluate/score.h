// Results of checks -> the score of an installation, and how much of it could be evaluated.
#pragma once

#include <optional>
#include <vector>

#include "exporter/evaluate/evaluate.h"

namespace compliance {

// Both from 0 to 1. Waived failures count as failures.
struct Ratios {
  // Weighted pass / (pass + fail), the weights critical 8, high 4, medium 2, low 1; absent when
  // nothing passes or fails.
  std::optional<double> score{};
  // (pass + fail) / (pass + fail + unknown); absent when there is none of them.
  std::optional<double> coverage{};
};

// Over the checks of one installation. Checks that do not apply count in neither.
Ratios ratios_of(const std::vector<CheckResult>& checks);

}  // namespace compliance
