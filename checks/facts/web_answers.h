// What the web console answered to the probes. Source: facts 6, 18; checks.md, web-edge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/fact.h"
#include "checks/formats/http.h"

namespace compliance {

// The answer to a GET that carried this Origin.
struct OriginAnswer {
  std::string origin{};  // as it was sent; "null" is one too
  Fact<HttpAnswer> answer{};

  bool operator==(const OriginAnswer&) const = default;
};

// The same harmless GET again and again, below /api/auth/sign-in/.
struct RateLimitRun {
  std::size_t sent = 0;
  std::size_t refused_at = 0;  // which one, from 1, was answered with 429; 0: none was
  int status_before = 0;       // of the first answer, when that was not the refused one

  bool operator==(const RateLimitRun&) const = default;
};

// The answer to a path below /api/console/v1/ that tries to leave it.
struct PathAnswer {
  std::string form{};  // what it tries with: "..", "%2e%2e", "%2f", "%5c"
  Fact<HttpAnswer> answer{};

  bool operator==(const PathAnswer&) const = default;
};

// With the operator's session cookie.
struct SessionAnswers {
  Fact<HttpAnswer> control{};  // GET /api/console/status: 200 when the cookie works
  std::vector<PathAnswer> paths{};

  bool operator==(const SessionAnswers&) const = default;
};

// How port 80 of the console's host behaves.
enum class PortState : std::uint8_t {
  refused,  // nobody listens, a firewall refuses, or the peer hangs up without an answer
  silent,   // no answer to the connection in time
  open,
};

struct PlainHttpProbe {
  PortState state = PortState::refused;
  std::optional<HttpAnswer> answer{};  // to GET /; absent where it is not open or speaks no HTTP

  bool operator==(const PlainHttpProbe&) const = default;
};

// Absent facts were not asked yet, or are not asked in this configuration.
struct WebAnswers {
  Fact<HttpAnswer> ok{};               // GET /api/auth/ok
  Fact<HttpAnswer> page{};             // GET /
  Fact<HttpAnswer> metrics{};          // GET /metrics
  Fact<HttpAnswer> console_read{};     // GET /api/console/status
  Fact<HttpAnswer> write_foreign{};    // POST /api/console/v1/zones, a foreign Origin, no cookie
  Fact<HttpAnswer> write_own{};        // the same with the console's own Origin
  Fact<HttpAnswer> sign_out{};         // POST /api/auth/sign-out without cookie
  Fact<HttpAnswer> sign_up{};          // POST /api/auth/sign-up/email with {}
  std::vector<OriginAnswer> grants{};  // GET /api/console/status with Origins that are not its own
  Fact<PlainHttpProbe> plain_http{};
  Fact<RateLimitRun> limiter{};
  Fact<RateLimitRun> limiter_forwarded{};  // each request with another X-Forwarded-For
  std::optional<SessionAnswers> session{};

  bool operator==(const WebAnswers&) const = default;
};

// Origins that probes send: one of nobody, and that of the product's developers.
inline constexpr std::string_view foreign_origin = "https://caracal-compliance-exporter.invalid";
inline constexpr std::string_view development_origin = "http://localhost:3001";

}  // namespace compliance
