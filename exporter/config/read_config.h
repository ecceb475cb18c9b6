// Configuration files from disk.
#pragma once

#include <string>

#include "exporter/base/result.h"
#include "exporter/config/config.h"
#include "exporter/config/waivers_file.h"
#include "exporter/config/web_config.h"

namespace compliance {

// Read and parse; the error holds every problem, one a line.
Result<Config> read_config(const std::string& path);
// The waivers of the configured waivers_file; none if there is no such file configured. A file that
// cannot be read counts as one invalid entry.
WaiversFile read_waivers_file(const Config& config);
Result<WebConfig> read_web_config(const std::string& path);

}  // namespace compliance
