// Evaluates the settings of the console's session cookies. Source: FACTS.md 2.3, 6.2, 6.3, 18.11.
#pragma once

#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance {

// Whether cookies are Secure, and have the prefix that goes with it.
Verdict secure_cookies_verdict(const Container& console);

// Whether cookies are restricted to their site: SameSite=Lax, which is the default of every
// release. Old releases do not read CARACAL_AUTH_COOKIE_SAME_SITE (FACTS.md T16).
Verdict same_site_verdict(const Container& console);

// Whether cookies are SameSite=None, as a split deployment needs; old releases cannot
// (FACTS.md T16).
Verdict cross_site_verdict(const Container& console);

}  // namespace compliance
