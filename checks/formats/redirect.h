// Where an HTTP answer sends its client.
#pragma once

#include <string>
#include <vector>

#include "checks/formats/http.h"
#include "checks/formats/web_url.h"

namespace compliance {

// 301, 302, 303, 307, 308. Source: RFC 9110, 15.4.
bool is_redirect(const HttpAnswer& answer);

// One Location header of a redirect.
struct Redirect {
  std::string text{};       // of the header, not to be shown
  WebUrlReading reading{};  // `relative` for those that stay where they are
  std::string path{};       // in lower case, without query; of relative ones as written

  // By the text as it came, not by where it leads.
  bool operator==(const Redirect&) const = default;
};

// Each Location of a redirect, in wire order; empty for any other answer.
std::vector<Redirect> redirects_of(const HttpAnswer& answer);

// True when it stays on that host, whatever the port; a relative one does.
bool stays_on(const Redirect& redirect, const WebUrl& url);

// True when it leads to where people sign in, as far as names tell: a segment of the path or the
// first label of the host is a word such as login, oauth2 or authorize.
bool leads_to_sign_in(const Redirect& redirect);

}  // namespace compliance
