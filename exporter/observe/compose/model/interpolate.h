// Interpolation: substitutes ${VAR} and its relatives as Compose does.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// The result of one interpolation. Where something was substituted the text may hold the value of a
// variable, so messages do not show it.
struct Interpolated {
  std::string text{};
  std::vector<Unset> unset{};  // variables without value and default, in order of offset
  bool substituted = false;    // a variable's value, default or replacement is in the text
};

// The variable of that name, or null when it is not set.
using Lookup = std::function<const VariableValue*(std::string_view)>;

// Substitutes $V, ${V}, ${V:-d}, ${V-d}, ${V:?e}, ${V?e}, ${V:+r}, ${V+r}, nested to a depth of
// 100, and $$. A dollar sign before anything else stands for itself. Faults: unparsable for an
// invalid ${...}; unresolved_reference for a required variable without value, which is named (the
// text after ? is the operator's and is not shown); limit_exceeded.
Result<Interpolated, Fault> interpolate(std::string_view text, const Lookup& lookup);

}  // namespace compliance::compose
