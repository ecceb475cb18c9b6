// The status of a check on the pages: its outcome, refined by waivers and missing evidence.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "exporter/publish/snapshot.h"

namespace compliance::pages {

// The most urgent first: pages sort and compare by this order.
enum class PageStatus : std::uint8_t {
  fail,
  unknown,
  waived,  // fails, and every failing finding is under an active waiver
  pass,
  unconfigured,  // unknown because the evidence was never configured
  not_applicable,
};

// All of them, in their order.
inline constexpr std::array page_statuses{PageStatus::fail,         PageStatus::unknown,
                                          PageStatus::waived,       PageStatus::pass,
                                          PageStatus::unconfigured, PageStatus::not_applicable};

// The status of a result. A waived failure and missing evidence go before the outcome.
PageStatus status_of(const CheckResult& result, const PublishedInstallation& installation);

// A plain outcome, as findings and events have one.
PageStatus status_of(Outcome outcome);

// The word of a badge, such as "FAIL".
std::string_view badge_of(PageStatus status);

// The name of the class in the style sheet, and of the parts of bars and strips.
std::string_view class_of(PageStatus status);

// A check of an installation and its status. Refers to the result, which has to outlive it.
struct RankedCheck {
  const CheckResult* result = nullptr;
  PageStatus status = PageStatus::pass;
};
// All checks of the installation, the most urgent status first, then severe before slight, then by
// area, then in the catalogue's order.
std::vector<RankedCheck> ranked_checks(const PublishedInstallation& installation);

// Those of them with the status.
std::vector<const CheckResult*> with_status(const std::vector<RankedCheck>& checks,
                                            PageStatus status);

}  // namespace compliance::pages
