// Session cookies are Secure and stay on their site.
#include "checks/check.h"
#include "checks/subject/variable_text.h"
#include "checks/subject/web_console.h"

namespace compliance::web_edge {
namespace {

Verdict judge_secure(const Container& console) {
  const Fact<bool> secure = has_secure_cookies(console);
  if (secure.fault) {
    return unknown(*secure.fault, secure.origin);
  }
  return secure.is(true) ? pass()
                         : comparing(fail("secure cookies are off", secure.origin),
                                     "CARACAL_AUTH_SECURE_COOKIES on, or not set", "off");
}

// Releases of June 2026 do not read the variable: their cookies are Lax (T16).
Verdict judge_same_site(const Container& console, bool is_split) {
  const Fact<std::string> text = variable_text(console, "CARACAL_AUTH_COOKIE_SAME_SITE");
  if (text.absent() || is_split || has_june_behaviour(console).is(true)) {
    return pass();
  }
  if (text.fault) {
    return unknown(*text.fault, text.origin);
  }
  const std::string value = lower_case(trimmed(*text.value));
  if (value == "none") {
    return comparing(fail("session cookies are sent from every site", text.origin),
                     "CARACAL_AUTH_COOKIE_SAME_SITE lax, or not set", "none");
  }
  return value == "lax" ? pass()
                        : with_severity(comparing(fail("the console refuses to start with this "
                                                       "CARACAL_AUTH_COOKIE_SAME_SITE",
                                                       text.origin),
                                                  "lax, or not set",
                                                  value.empty() ? "empty" : "another value"),
                                        Severity::low);
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  const bool is_split = !installation.split_origins.empty();
  for (const Container* console : web_consoles(installation)) {
    verdicts.push_back(about(judge_secure(*console), *console));
    verdicts.push_back(about(judge_same_site(*console, is_split), *console));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check session_cookies{
    .id = "web-edge-session-cookies",
    .title = "Session cookies are Secure and stay on their site",
    .area = Area::web_edge,
    .severity = Severity::critical,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why = "A cookie without Secure is sent in plain text once, and that is enough.",
    .remediation = "Remove CARACAL_AUTH_SECURE_COOKIES and CARACAL_AUTH_COOKIE_SAME_SITE.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::web_edge
