// Whether everybody can make an account. Source: facts 6.6, 18.
#pragma once

#include "checks/check.h"

namespace compliance {

// By the console's settings and release. That it does not run in production, where the default is
// open, is another row's finding.
Verdict judge_registration(const Container& console, const Installation& installation);

// By the answer to an empty sign-up. A closed one is not all that there is to it: it adds nothing
// where settings were seen, and is unknown where they were not.
Verdicts judge_sign_up(const Endpoint& endpoint, bool settings_seen);

}  // namespace compliance
