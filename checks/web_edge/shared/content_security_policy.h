// Content-Security-Policy. Source: CSP Level 3.
#pragma once

#include <string>
#include <vector>

#include "checks/formats/http.h"

namespace compliance {

struct CspDirective {
  std::string name{};  // in lower case
  std::vector<std::string> values{};

  bool operator==(const CspDirective&) const = default;
};

using CspPolicy = std::vector<CspDirective>;  // each name once

// All policies that a browser enforces: of every header and between commas; those of
// Content-Security-Policy-Report-Only are none. The first of equal directives counts.
std::vector<CspPolicy> enforced_policies(const HttpAnswer& answer);

// What the policies leave open together: a thing is open when each of them allows it.
struct CspGaps {
  bool framing = false;        // frame-ancestors 'none' stands in none of them
  bool any_script = false;     // no directive restricts scripts; the three below are false then
  bool inline_script = false;  // elements or event handlers, without a nonce or a hash
  bool eval = false;           // text is run as a script; said without a nonce or a hash
  bool wildcard = false;       // scripts of a host with a * in its name, or of a whole scheme

  bool operator==(const CspGaps&) const = default;
};

CspGaps gaps_of(const std::vector<CspPolicy>& policies);

}  // namespace compliance
