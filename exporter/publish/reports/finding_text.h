// Findings as text, the same in every report and page. Foreign text in it is not escaped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporter/base/text.h"
#include "exporter/evaluate/evaluate.h"

namespace compliance {

// True for failing and unknown findings; for passing ones if `verbose`. Not applicable ones
// are never listed.
bool is_listed(const Finding& finding, bool verbose);

// The object, else the component.
std::string subject_of(const Finding& finding);

// The message with the reason, the expected and observed values, and the waiver.
std::string statement_of(const Finding& finding);

// Place, subject and statement. Foreign text in it is not escaped.
std::string line_of(const Finding& finding);

// Findings of one check that differ only in subject and place. They belong to the result.
using FindingGroup = std::vector<const Finding*>;  // never empty

// The listed findings; those that differ only in subject and place are one group, in the order of
// the first of each.
std::vector<FindingGroup> groups_of(const CheckResult& result, bool verbose);

}  // namespace compliance
