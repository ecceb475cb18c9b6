// What the daemon gives up before it reads anything from outside.
#pragma once

#include <vector>

#include "exporter/base/result.h"

namespace compliance {

// Sets no_new_privs, drops every capability, makes the process undumpable and its core limit 0, and
// lets new files be the user's alone. What the kernel refuses is in the list, and the rest is done
// all the same. For the only thread of a process, which threads started later inherit it from.
std::vector<Error> give_up_privileges();

}  // namespace compliance
