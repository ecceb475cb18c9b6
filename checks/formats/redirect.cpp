// Reads redirects.
#include "checks/formats/redirect.h"

#include <algorithm>
#include <array>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// What follows scheme and authority, where the text has them.
std::string path_of(std::string_view text) {
  const std::string_view whole = trimmed(text).substr(0, trimmed(text).find_first_of("?#"));
  const std::size_t slashes = whole.find("//");
  // Two slashes at the start, or behind the colon of a scheme. Others belong to the path.
  const bool has_authority =
      slashes == 0 || (slashes != std::string_view::npos && slashes > 0 &&
                       whole.find('/') == slashes && whole.at(slashes - 1) == ':');
  if (!has_authority) {
    return lower_case(whole);
  }
  const std::size_t path = whole.find('/', slashes + 2);
  return path == std::string_view::npos ? std::string{} : lower_case(whole.substr(path));
}

// Names that sign-in services and proxies use; a name is a hint, no proof.
bool is_sign_in_word(std::string_view word) {
  constexpr auto words = std::to_array<std::string_view>(
      {"login", "logon", "signin", "sign-in", "sign_in", "sso", "saml", "saml2", "oauth", "oauth2",
       "authorize", "auth", "authenticate", "openid-connect", "accounts", "idp"});
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool is_redirect(const HttpAnswer& answer) {
  constexpr std::array statuses{301, 302, 303, 307, 308};
  return std::find(statuses.begin(), statuses.end(), answer.status) != statuses.end();
}

// RFC 9110 allows one Location. Clients differ on which of several they obey, so all count.
std::vector<Redirect> redirects_of(const HttpAnswer& answer) {
  std::vector<Redirect> redirects;
  if (!is_redirect(answer)) {
    return redirects;
  }
  for (const std::string_view location : header_values(answer, "location")) {
    redirects.push_back({.text = std::string{location},
                         .reading = read_web_url(location),
                         .path = path_of(location)});
  }
  return redirects;
}

bool stays_on(const Redirect& redirect, const WebUrl& url) {
  if (redirect.reading.fault == WebUrlFault::relative) {
    // Two slashes begin another host.
    return trimmed(redirect.text).substr(0, 2) != "//";
  }
  return redirect.reading.sound() && redirect.reading.url.host == url.host;
}

bool leads_to_sign_in(const Redirect& redirect) {
  const std::string& host = redirect.reading.url.host;
  if (is_sign_in_word(std::string_view{host}.substr(0, host.find('.')))) {
    return true;
  }
  std::string_view rest = redirect.path;
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    if (is_sign_in_word(segment.substr(0, segment.find('.')))) {
      return true;
    }
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  }
  return false;
}

}  // namespace compliance
