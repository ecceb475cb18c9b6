// Configuration files from disk.
#pragma once

#include <string>

#include "exporter/base/result.h"
#include "exporter/config/config.h"
#include "exporter/config/web_config.h"

namespace compliance {

// Read and parse; the error holds every problem, one a line.
Result<Config> read_config(const std::string& path);
Result<WebConfig> read_web_config(const std::string& path);

}  // namespace compliance
