// Evaluates the session cookies that the console sets. Source: FACTS.md 6.3, 18.6; T14 to T16.
#pragma once

#include "checks/check.h"
#include "checks/facts/endpoint.h"

namespace compliance {

// Of the cookies that POST /api/auth/sign-out deletes: whether they are Secure, HttpOnly,
// restricted to their site (in a split deployment: state SameSite), and have the prefix __Secure-.
Verdicts evaluate_served_cookies(const Endpoint& endpoint, bool split);

// Whether they are fit for a split deployment: SameSite=None and Secure.
Verdicts evaluate_split_cookies(const Endpoint& endpoint);

}  // namespace compliance
