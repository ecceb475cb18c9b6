// How the console's settings make its session cookies. Source: facts 2.3, 6.2, 6.3, 18.
#pragma once

#include "checks/check.h"

namespace compliance {

// Whether cookies are Secure, and carry the prefix that goes with it.
Verdict judge_secure_cookies(const Container& console);

// Whether cookies stay on their site: SameSite=Lax, as every release sets it that is not told
// otherwise. June releases do not read CARACAL_AUTH_COOKIE_SAME_SITE (T16).
Verdict judge_same_site_cookies(const Container& console);

// Whether cookies are SameSite=None, as a split deployment needs them; June releases cannot (T16).
Verdict judge_cross_site_cookies(const Container& console);

}  // namespace compliance
