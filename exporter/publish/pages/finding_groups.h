// Findings that say the same, told once.
#pragma once

#include <string_view>
#include <vector>

#include "exporter/evaluate/evaluate.h"

namespace compliance::pages {

using FindingGroup = std::vector<const Finding*>;  // never empty

// The failing and unknown findings, those that differ only in whom they are about together, in the
// order of the first of each.
std::vector<FindingGroup> groups_of(const CheckResult& result);

// Whom it is about: the object, else the component.
std::string_view subject_of(const Finding& finding);

}  // namespace compliance::pages
