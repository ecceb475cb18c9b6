// Gateways for the tests of rules on their upstreams.
#pragma once

#include "tests/checks/web_edge/consoles.h"

namespace compliance::test {

inline Container gateway_with(const Settings& settings) {
  return with_settings(hardened_service(Component::gateway), settings);
}

inline Container listing(const std::string& hosts) {
  return gateway_with({{"UPSTREAM_HOST_ALLOWLIST", hosts}});
}

}  // namespace compliance::test
