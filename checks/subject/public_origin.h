// What makes a URL unfit as the console's public origin.
#pragma once

#include <string>
#include <vector>

#include "checks/subject/installation.h"
#include "checks/subject/web_url.h"

namespace compliance {

// All faults, each to be read after the variable's name; empty when the URL is fit: a sound origin,
// not localhost, not example.com in production, and that of the configured web endpoint.
std::vector<std::string> public_origin_faults(const WebUrlReading& reading,
                                              const Installation& installation);

}  // namespace compliance
