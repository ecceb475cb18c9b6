// The services of the packaged installation of June 2026, with their variables and secret mounts.
#pragma once

#include "tests/support/facts.h"

namespace compliance::test {

// sts, api, gateway, audit, coordinator, web, postgres, redis, migrate as the packaged Compose file
// and the packaged chart have them.
Container packaged_service(Component component);
Container packaged_pod_container(Component component);

// All of them.
Installation packaged_compose();
Installation packaged_kubernetes();

}  // namespace compliance::test
