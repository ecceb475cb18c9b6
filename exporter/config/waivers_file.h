// waivers.yaml -> waivers.
#pragma once

#include <string>
#include <vector>

#include "exporter/base/result.h"
#include "exporter/config/config.h"
#include "exporter/evaluate/waivers.h"

namespace compliance {

// The valid waivers of a file, in file order, and the errors of the others.
struct WaiversFile {
  std::vector<Waiver> waivers{};
  std::vector<std::string> problems{};  // FILE:LINE:COLUMN: what is wrong, what is allowed
  std::size_t invalid = 0;              // entries that were rejected
};

// Parses the text of the waivers file `path`. Only entries with errors are rejected, so that a
// mistake in one raises no alerts for all. Unknown checks and installations are errors; expired
// waivers are not. A text that is not a list holds no waivers and counts as one invalid entry.
// Never fails.
WaiversFile parse_waivers(const std::string& path, const std::string& text, const Config& config);

// An RFC 3339 date, valid until the end of that day in UTC, or instant; nothing for other texts.
std::optional<std::chrono::sys_seconds> parse_expiry(const std::string& text);

}  // namespace compliance
