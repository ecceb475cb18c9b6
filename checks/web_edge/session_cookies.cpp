// Whether session cookies are Secure and restricted to their site: by the console's settings, and
// by the cookies that it sets on sign-out (FACTS.md 6.3, T14).
#include "checks/caracal/web_console.h"
#include "checks/check.h"
#include "checks/web_edge/shared/served_cookie.h"
#include "checks/web_edge/shared/session_cookie.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// In a declared split SameSite is evaluated by web-edge-split-origins.
Verdicts evaluate_session_cookies(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container* console : web_consoles(installation)) {
    verdicts.push_back(attributed_to(secure_cookies_verdict(*console), *console));
    if (installation.split_origins.empty()) {
      verdicts.push_back(attributed_to(same_site_verdict(*console), *console));
    }
  }
  const bool split = !installation.split_origins.empty();
  return with_web_endpoint(std::move(verdicts), installation, [split](const Endpoint& endpoint) {
    return evaluate_served_cookies(endpoint, split);
  });
}

}  // namespace

extern constinit const Check session_cookies{
    .id = "web-edge-session-cookies",
    .title = "Session cookies are Secure and restricted to their site",
    .area = Area::web_edge,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes | Source::endpoint,
    .why =
        "A cookie without Secure is exposed by a single plain http request; one without SameSite "
        "is sent with requests that any visited site makes.",
    .remediation = "Remove CARACAL_AUTH_SECURE_COOKIES and CARACAL_AUTH_COOKIE_SAME_SITE.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_session_cookies,
};
}  // namespace compliance::web_edge
