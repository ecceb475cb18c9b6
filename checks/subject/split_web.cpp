// The rule for a declared split web deployment.
#include "checks/subject/split_web.h"

#include <algorithm>

#include "checks/subject/variable_text.h"

namespace compliance {
namespace {

constexpr auto variable = "CARACAL_WEB_ORIGIN";

bool is_https(const std::string& origin) { return origin.rfind("https://", 0) == 0; }

bool is_listed(const std::vector<StatedUrl>& entries, const std::string& origin) {
  return std::any_of(entries.begin(), entries.end(),
                     [&origin](const StatedUrl& entry) { return has_origin(entry, origin); });
}

bool is_expected(const StatedUrl& entry, const Container& console,
                 const std::vector<std::string>& declared) {
  const Fact<StatedUrl> own = public_url(console);
  const bool is_own = own.value && own.value->reading.sound() &&
                      has_origin(entry, origin_of(own.value->reading.url));
  return is_own || std::any_of(declared.begin(), declared.end(),
                               [&entry](const auto& origin) { return has_origin(entry, origin); });
}

Verdict judge_same_site(const Container& console) {
  const Fact<std::string> text = variable_text(console, "CARACAL_AUTH_COOKIE_SAME_SITE");
  if (text.fault) {
    return unknown(*text.fault, text.origin);
  }
  if (lower_case(trimmed(text.value.value_or(""))) != "none") {
    return comparing(fail("session cookies are not sent across sites", text.origin),
                     "CARACAL_AUTH_COOKIE_SAME_SITE none",
                     text.absent() ? "not set" : "another value");
  }
  const Fact<bool> june = has_june_behaviour(console);
  if (june.fault) {
    return unknown(*june.fault, june.origin);
  }
  return june.is(true) ? comparing(fail("this release knows no SameSite=None", text.origin),
                                   "a later release, or one origin", "a release of June 2026")
                       : pass();
}

}  // namespace

Verdicts judge_split_origins(const Container& console, const Installation& installation) {
  const auto entries = further_origins(console);
  if (entries.fault) {
    return {unknown(*entries.fault, entries.origin)};
  }
  const std::vector<StatedUrl> listed = entries.value.value_or(std::vector<StatedUrl>{});
  Verdicts verdicts;
  for (const std::string& origin : installation.split_origins) {
    if (!is_https(origin)) {
      verdicts.push_back(comparing(fail("a declared origin is plain http", entries.origin),
                                   "https origins", origin));
    }
    if (!is_listed(listed, origin)) {
      verdicts.push_back(
          comparing(fail(std::string{variable} + " lacks a declared origin", entries.origin),
                    origin, "not listed"));
    }
  }
  for (const StatedUrl& entry : listed) {
    if (!is_expected(entry, console, installation.split_origins)) {
      verdicts.push_back(
          comparing(fail(std::string{variable} + " trusts an undeclared origin", entries.origin),
                    "the origins of split_origins", shown_origin(entry.text)));
    }
  }
  return verdicts;
}

Verdicts judge_split_cookies(const Container& console) {
  Verdicts verdicts{judge_same_site(console)};
  const Fact<bool> secure = has_secure_cookies(console);
  if (secure.fault) {
    verdicts.push_back(unknown(*secure.fault, secure.origin));
  } else if (secure.is(false)) {
    verdicts.push_back(
        comparing(fail("session cookies are not Secure", secure.origin), "on", "off"));
  }
  return verdicts;
}

}  // namespace compliance
