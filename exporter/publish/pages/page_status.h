// The status of a check on the pages: its outcome, refined by waivers and missing evidence.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "exporter/publish/snapshot.h"

namespace compliance::pages {

// The most urgent first.
enum class PageStatus : std::uint8_t {
  fail,
  unknown,
  waived,  // fails, and every failing finding is under an active waiver
  pass,
  unconfigured,  // unknown because the evidence was never configured
  not_applicable,
};

inline constexpr std::array page_statuses{PageStatus::fail,         PageStatus::unknown,
                                          PageStatus::waived,       PageStatus::pass,
                                          PageStatus::unconfigured, PageStatus::not_applicable};

PageStatus status_of(const CheckResult& result, const PublishedInstallation& installation);

// A plain outcome, as findings and events have one.
PageStatus status_of(Outcome outcome);

// The word of a badge: "FAIL".
std::string_view badge_of(PageStatus status);

// The class in the style sheet.
std::string_view class_of(PageStatus status);

// An installation's checks, worst first, then severe before slight, then in the catalogue's order.
struct RankedCheck {
  const CheckResult* result = nullptr;
  PageStatus status = PageStatus::pass;
};
std::vector<RankedCheck> ranked_checks(const PublishedInstallation& installation);

// Those of them with the status.
std::vector<const CheckResult*> with_status(const std::vector<RankedCheck>& checks,
                                            PageStatus status);

}  // namespace compliance::pages
