// Small elements and texts that all pages share: badges, severities, moments, ages.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "exporter/publish/pages/html.h"
#include "exporter/publish/pages/page_status.h"

namespace compliance::pages {

// The word of the status, in its class. Colour is never all that tells statuses apart.
void add_badge(Html& html, PageStatus status);
// The name of the severity, emphasised only for failing checks.
void add_severity(Html& html, Severity severity, PageStatus status);

// A moment as rfc3339() gives it, shown as "2026-06-25 00:01 UTC"; programs find the whole
// of it in the attribute `datetime`.
void add_moment(Html& html, const std::string& rfc3339);
// The same with seconds.
void add_exact_moment(Html& html, const std::string& rfc3339);

// How long something has stood, in the largest unit that is whole: "just now", "for 45 s", "for
// 3 h", "for 12 d".
std::string time_since(Instant then, Instant now);

// Since when the check has the status of this cycle; nothing while the recorded status is
// another one, or where nothing is recorded.
std::optional<Instant> since_of(const CheckResult& result,
                                const PublishedInstallation& installation);

// What is recorded of the check in the installation, or null.
const CheckHistory* history_of(std::string_view check, const PublishedInstallation& installation);

// "1 check fails", "3 checks fail": `rest` is what follows the number when it is one or several.
std::string checks_that(std::size_t count, std::string_view one, std::string_view several);

}  // namespace compliance::pages
