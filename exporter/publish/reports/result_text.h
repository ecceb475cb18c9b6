// Counts, severities, ratios and missing evidence as text, for the table and the pages.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/publish/snapshot.h"

namespace compliance {

// The most severe first.
inline constexpr std::array severities_by_rank{Severity::critical, Severity::high, Severity::medium,
                                               Severity::low};

// Results of one snapshot, which has to outlive them.
using Results = std::vector<const CheckResult*>;

// "1 check", "2 checks": the number, and the word for one or several.
std::string counted(std::size_t count, std::string_view one, std::string_view several);

// "2 critical, 1 low": the severities of the results, those without any left out.
std::string severities_of(const Results& results);

// A ratio from 0 to 1 in percent, cut to one decimal, so that only a whole one is "100.0
// %".
std::string percent_of(double ratio);

// The evidence of the check that is not configured: "endpoints", "secret files or name
// resolution"; empty when none is missing. An installation runs on Compose or on
// Kubernetes, so either of them stands for both.
std::string missing_evidence(const CheckResult& result, const PublishedInstallation& installation);

// True when the check is unknown for no other reason than that evidence was not configured.
bool lacks_evidence(const CheckResult& result, const PublishedInstallation& installation);

}  // namespace compliance
