// How the console's settings make its session cookies.
#include "checks/subject/session_cookie.h"

#include "checks/subject/variable_text.h"
#include "checks/subject/web_console.h"

namespace compliance {
namespace {

constexpr auto secure_variable = "CARACAL_AUTH_SECURE_COOKIES";
constexpr auto same_site_variable = "CARACAL_AUTH_COOKIE_SAME_SITE";

// The setting as the product reads it.
std::string same_site(const Fact<std::string>& text) {
  return lower_case(trimmed(text.value.value_or("")));
}

Verdict insecure(const Container& console, const Origin& origin) {
  const Fact<std::string> text = variable_text(console, secure_variable);
  if (text.absent()) {
    return comparing(fail("session cookies are not Secure: NODE_ENV is not production and "
                          "CARACAL_AUTH_URL is not https",
                          origin),
                     "CARACAL_AUTH_SECURE_COOKIES on", "not set");
  }
  return comparing(
      fail("session cookies are not Secure: CARACAL_AUTH_SECURE_COOKIES is off", origin),
      "on, or not set", text.is("") ? "empty" : "off");
}

Verdict refused(const Fact<std::string>& text) {
  return with_severity(
      comparing(
          fail("the console refuses to start with this CARACAL_AUTH_COOKIE_SAME_SITE", text.origin),
          "lax, or not set", text.is("") ? "empty" : "another value"),
      Severity::low);
}

}  // namespace

Verdict judge_secure_cookies(const Container& console) {
  const Fact<bool> secure = has_secure_cookies(console);
  if (secure.fault) {
    return unknown(*secure.fault, secure.origin);
  }
  return secure.is(true) ? pass() : insecure(console, secure.origin);
}

Verdict judge_same_site_cookies(const Container& console) {
  const Fact<std::string> text = variable_text(console, same_site_variable);
  const Fact<bool> june = has_june_behaviour(console);
  const std::string value = same_site(text);
  if (text.absent() || value == "lax" || june.is(true)) {
    return pass();
  }
  if (text.fault) {
    return unknown(*text.fault, text.origin);
  }
  if (june.fault) {
    return unknown(*june.fault, june.origin);
  }
  if (value != "none") {
    return refused(text);
  }
  return comparing(fail("session cookies are sent from every site", text.origin),
                   "CARACAL_AUTH_COOKIE_SAME_SITE lax, or not set", "none");
}

Verdict judge_cross_site_cookies(const Container& console) {
  const Fact<std::string> text = variable_text(console, same_site_variable);
  const Fact<bool> june = has_june_behaviour(console);
  if (june.is(true)) {
    return comparing(fail("this release cannot send session cookies across sites", june.origin),
                     "a release that reads CARACAL_AUTH_COOKIE_SAME_SITE, or one origin",
                     "a release of June 2026");
  }
  if (text.fault) {
    return unknown(*text.fault, text.origin);
  }
  if (same_site(text) != "none") {
    return comparing(fail("session cookies are not sent across sites", text.origin),
                     "CARACAL_AUTH_COOKIE_SAME_SITE none",
                     text.absent() ? "not set" : "another value");
  }
  return june.fault ? unknown(*june.fault, june.origin) : pass();
}

}  // namespace compliance
