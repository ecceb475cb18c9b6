// What the console lets pages of another origin read. Source: Fetch standard, "CORS check"; facts
// 6.4; T17, T18.
#pragma once

#include <cstdint>
#include <string_view>

#include "checks/check.h"

namespace compliance {

enum class CorsGrant : std::uint8_t {
  none,                        // or * without credentials, by which nobody's session is used
  everybody_with_credentials,  // browsers refuse it; it is one change away from open
  origin,                      // that origin is named, once or more
  origin_with_credentials,
};

// What Access-Control-Allow-Origin and -Credentials say to a request with that Origin.
CorsGrant grant_of(const HttpAnswer& answer, std::string_view origin);

// Fails when the origin is named, or everybody with credentials. Passes on another answer of the
// console and on a refusal; unknown on the rest.
Verdict judge_grant(const OriginAnswer& asked, const Endpoint& endpoint);

// The same of the developers' origin; not applicable where the console has it for its own.
Verdict judge_development_grant(const Endpoint& endpoint);

}  // namespace compliance
