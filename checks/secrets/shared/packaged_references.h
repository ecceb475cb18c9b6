// The secretKeyRef variables of the packaged chart. Source: facts 3.5.
#pragma once

#include <string_view>

#include "checks/facts/component.h"

namespace compliance {

// True for the four variables of web and the two of auth-migrate.
bool is_packaged_reference(Component component, std::string_view variable);

}  // namespace compliance
