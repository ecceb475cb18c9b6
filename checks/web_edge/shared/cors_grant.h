// Which responses the console lets pages of another origin read. Source: Fetch standard, "CORS
// check"; FACTS.md 6.4; T17, T18.
#pragma once

#include <cstdint>
#include <string_view>

#include "checks/check.h"
#include "checks/facts/endpoint.h"
#include "checks/facts/web_answers.h"
#include "checks/formats/http.h"

namespace compliance {

// What a response lets pages of the asking origin read.
enum class CorsGrant : std::uint8_t {
  none,                        // or * without credentials, which uses no session
  everybody_with_credentials,  // browsers reject it; it is one change away from open
  origin,                      // that origin is named, once or more
  origin_with_credentials,
};

// What Access-Control-Allow-Origin and -Credentials say to a request with that Origin.
CorsGrant grant_of(const HttpAnswer& answer, std::string_view origin);

// Fails when the origin is named, or every origin with credentials. Passes for another answer of
// the console and for a rejection; else unknown.
Verdict grant_verdict(const OriginAnswer& asked, const Endpoint& endpoint);

// The same for the development origin; not applicable where it is the console's own.
Verdict development_grant_verdict(const Endpoint& endpoint);

}  // namespace compliance
