// The two halves of the rule for a declared split web deployment.
#pragma once

#include "checks/check.h"
#include "checks/subject/web_console.h"

namespace compliance {

// Whether CARACAL_WEB_ORIGIN lists exactly the declared origins, all of https. The public origin
// itself may stand there too: it is trusted anyway.
Verdicts judge_split_origins(const Container& console, const Installation& installation);

// Whether cookies are SameSite=None and Secure, which June releases cannot do (T16).
Verdicts judge_split_cookies(const Container& console);

}  // namespace compliance
