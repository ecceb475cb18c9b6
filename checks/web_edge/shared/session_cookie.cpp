// Evaluates the settings of the console's session cookies.
#include "checks/web_edge/shared/session_cookie.h"

#include "checks/caracal/settings.h"
#include "checks/caracal/web_console.h"
#include "checks/formats/ascii.h"

namespace compliance {
namespace {

constexpr auto secure_variable = "CARACAL_AUTH_SECURE_COOKIES";
constexpr auto same_site_variable = "CARACAL_AUTH_COOKIE_SAME_SITE";

// The setting as the product reads it.
std::string configured_same_site(const Fact<std::string>& text) {
  return lower_case(trimmed(text.value.value_or("")));
}

// Why cookies are not Secure: by the switch, or by the lack of everything that would make them.
Verdict insecure(const Container& console, const Origin& origin) {
  const Fact<std::string> text = variable_text(console, secure_variable);
  if (text.absent()) {
    return with_expected_observed(
        fail("session cookies are not Secure: NODE_ENV is not production and "
             "CARACAL_AUTH_URL is not https",
             origin),
        "CARACAL_AUTH_SECURE_COOKIES on", "not set");
  }
  return with_expected_observed(
      fail("session cookies are not Secure: CARACAL_AUTH_SECURE_COOKIES is off", origin),
      "on, or not set", text.is("") ? "empty" : "off");
}

// Low, since a console that does not start exposes nothing (FACTS.md 18.11).
Verdict refused(const Fact<std::string>& text) {
  return with_severity(
      with_expected_observed(
          fail("the console refuses to start with this CARACAL_AUTH_COOKIE_SAME_SITE", text.origin),
          "lax, or not set", text.is("") ? "empty" : "another value"),
      Severity::low);
}

}  // namespace

Verdict secure_cookies_verdict(const Container& console) {
  const Fact<bool> is_secure = has_secure_cookies(console);
  if (is_secure.fault) {
    return unknown(*is_secure.fault, is_secure.origin);
  }
  return is_secure.is(true) ? pass() : insecure(console, is_secure.origin);
}

Verdict same_site_verdict(const Container& console) {
  const Fact<std::string> text = variable_text(console, same_site_variable);
  const Fact<bool> is_read = reads_cookie_same_site(console);
  const std::string value = configured_same_site(text);
  // What old releases do not read cannot weaken them.
  if (text.absent() || value == "lax" || is_read.is(false)) {
    return pass();
  }
  if (text.fault) {
    return unknown(*text.fault, text.origin);
  }
  if (is_read.fault) {
    return unknown(*is_read.fault, is_read.origin);
  }
  if (value != "none") {
    return refused(text);
  }
  return with_expected_observed(
      fail("session cookies are sent with requests from every site", text.origin),
      "CARACAL_AUTH_COOKIE_SAME_SITE lax, or not set", "none");
}

Verdict cross_site_verdict(const Container& console) {
  const Fact<std::string> text = variable_text(console, same_site_variable);
  const Fact<bool> is_read = reads_cookie_same_site(console);
  // Nor can it help them.
  if (is_read.is(false)) {
    return with_expected_observed(
        fail("this release cannot send session cookies across sites", is_read.origin),
        "a release that reads CARACAL_AUTH_COOKIE_SAME_SITE, or one origin", "an older release");
  }
  if (text.fault) {
    return unknown(*text.fault, text.origin);
  }
  if (configured_same_site(text) != "none") {
    return with_expected_observed(fail("session cookies are not sent across sites", text.origin),
                                  "CARACAL_AUTH_COOKIE_SAME_SITE none",
                                  text.absent() ? "not set" : "another value");
  }
  return is_read.fault ? unknown(*is_read.fault, is_read.origin) : pass();
}

}  // namespace compliance
