// The web console's own settings: origins, cookies, release. Source: FACTS.md 6.2 to 6.4, 6.9,
// 18.11; releases: FACTS.md 0.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/installation.h"
#include "checks/formats/web_url.h"

namespace compliance {

// A URL as a variable states it.
struct StatedUrl {
  std::string shown{};  // what a verdict may show of it: no credentials, path or query
  WebUrlReading reading{};
};

// The main containers of the console.
std::vector<const Container*> web_consoles(const Installation& installation);

// CARACAL_AUTH_URL; absent when it is not set or empty, which the product takes for missing.
Fact<StatedUrl> public_url(const Container& console);

// The entries of CARACAL_WEB_ORIGIN that the console trusts: those that are URLs, the others are
// skipped as the product does. Absent when the variable is not set, which is not the same as empty:
// only then older releases add localhost (FACTS.md 6.4).
Fact<std::vector<StatedUrl>> further_origins(const Container& console);

// True when the text reads as an http or https URL of that origin.
bool has_origin(const StatedUrl& url, std::string_view origin);

// True when only IDNA could tell which origin the text has.
bool needs_idna(const StatedUrl& url);

// True when the console runs with NODE_ENV production; its image says so where nothing else does.
Fact<bool> runs_production(const Container& console);

// Whether cookies are Secure: CARACAL_AUTH_SECURE_COOKIES where it is set (empty is false), else
// in production or with a public URL of https.
Fact<bool> has_secure_cookies(const Container& console);

// Whether CARACAL_OPEN_REGISTRATION lets anyone create an account; absent when it is not set.
// Releases before v2026.06.25-rc.1 do not read it: there anyone can.
Fact<bool> has_open_registration(const Container& console);

// Whether the release is from before v2026.06.25-rc.1; a fault when the release is not known.
Fact<bool> is_before_v2026_06_25(const Container& console);

// Whether the release reads CARACAL_AUTH_COOKIE_SAME_SITE, as those from v0.1.0 on do (FACTS.md 0);
// a fault when the release is not known.
Fact<bool> reads_cookie_same_site(const Container& console);

}  // namespace compliance
