// Describes waivers in reports.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporter/publish/snapshot.h"

namespace compliance {

// The first waiver of that id, or null. Ids are unique in the waivers file.
const Waiver* find_waiver(std::string_view id, const std::vector<PublishedWaiver>& waivers);

// "SEC-7: reason; approved by NAME until 2027-03-31T00:00:00.000Z", printable; the id alone if
// there is no such waiver.
std::string justification_of(std::string_view id, const std::vector<PublishedWaiver>& waivers);

// The same for each waiver of the findings, in their order, once.
std::string justifications_of(const CheckResult& result,
                              const std::vector<PublishedWaiver>& waivers);

}  // namespace compliance
