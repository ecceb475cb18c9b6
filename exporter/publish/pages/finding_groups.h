// Findings that say the same, told once.
#pragma once

#include <vector>

#include "exporter/evaluate/evaluate.h"

namespace compliance::pages {

using FindingGroup = std::vector<const Finding*>;  // never empty

// The failing and unknown findings, those that differ only in whom they are about together, in the
// order of the first of each.
std::vector<FindingGroup> groups_of(const CheckResult& result);

}  // namespace compliance::pages
