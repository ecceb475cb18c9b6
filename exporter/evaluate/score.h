// Results of checks -> how good an installation is, and how much of it could be judged.
#pragma once

#include <optional>
#include <vector>

#include "exporter/evaluate/evaluate.h"

namespace compliance {

struct Ratios {
  // Weighted pass / (pass + fail), the weights critical 8, high 4, medium 2, low 1; absent when
  // nothing passes or fails. Source: metrics.md, score_ratio.
  std::optional<double> score{};
  // (pass + fail) / (pass + fail + unknown); absent when there is none of them.
  std::optional<double> coverage{};
};

Ratios ratios_of(const std::vector<CheckResult>& checks);

}  // namespace compliance
