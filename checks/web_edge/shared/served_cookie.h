// The session cookies that the console really sets. Source: facts 6.3, 18; T14 to T16.
#pragma once

#include "checks/check.h"

namespace compliance {

// Of the cookies that POST /api/auth/sign-out deletes: whether they are Secure, HttpOnly, stay on
// their site (in a split deployment: say where they go), and carry the prefix __Secure-.
Verdicts judge_served_cookies(const Endpoint& endpoint, bool split);

// Whether they are fit for a split deployment: SameSite=None and Secure.
Verdicts judge_split_cookies(const Endpoint& endpoint);

}  // namespace compliance
