// Headers that tell a browser how to treat the console's documents.
#pragma once

#include <cstdint>
#include <string>

#include "checks/formats/http.h"

namespace compliance {

// What all values of X-Frame-Options say together. Source: HTML standard, "the X-Frame-Options
// header"; a list that disagrees with itself is none that one could rely on.
enum class FrameOptions : std::uint8_t {
  unset,
  deny,
  same_origin,
  other,        // one value that no browser knows
  conflicting,  // different values
};

// Values are compared in any case. frame-ancestors of a CSP is not looked at here.
FrameOptions frame_options(const HttpAnswer& answer);

// Whether the first value of X-Content-Type-Options is nosniff. Source: Fetch standard,
// "determine nosniff".
bool has_nosniff(const HttpAnswer& answer);

// The last valid token of Referrer-Policy, in lower case; empty when there is none. Source:
// Referrer Policy, 8.1.
std::string referrer_policy(const HttpAnswer& answer);

}  // namespace compliance
