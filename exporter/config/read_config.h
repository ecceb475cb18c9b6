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
// The waivers of the configuration's waivers_file; a file that cannot be read is one invalid entry,
// and none are there where no file is configured.
WaiversFile read_waivers_file(const Config& config);
Result<WebConfig> read_web_config(const std::string& path);

}  // namespace compliance
