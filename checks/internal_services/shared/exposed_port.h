// What answers on a port that must not answer.
#pragma once

#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance {

// Passes where nobody answers, or a component that is declared public does; fails where a part of
// Caracal or its stores is recognised. The verdict is about that part, and names the port.
Verdict judge_exposed_port(const ExposedPort& port, const Installation& installation);

}  // namespace compliance
