// Names of Linux capabilities, as Compose files and Kubernetes objects write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/fact.h"

namespace compliance {

// The name in upper case and without the prefix CAP_: "cap_net_raw" is "NET_RAW". Engines read
// added capabilities this way.
std::string capability_name(std::string_view written);

// The name where it is ALL or a capability of Linux, otherwise words that do not repeat the text.
std::string described_capability(std::string_view name);

// True when the list holds ALL, in any case. CAP_ALL is refused by the engines and is not ALL.
bool drops_all(const std::vector<Located<std::string>>& dropped);

}  // namespace compliance
