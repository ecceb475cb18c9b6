// What the web console answered to the probes. Source: FACTS.md 6, 18.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/enum_array.h"
#include "checks/facts/fact.h"
#include "checks/formats/http.h"

namespace compliance {

// The answer to a GET that carried this Origin.
struct OriginAnswer {
  std::string origin{};  // as sent; "null" is an origin too
  Fact<HttpAnswer> answer{};

  bool operator==(const OriginAnswer&) const = default;
};

// The same harmless GET below /api/auth/sign-in/, repeated until it is limited.
struct RateLimitRun {
  std::size_t sent = 0;
  std::size_t refused_at = 0;  // number of the first request answered with 429, from 1; 0: none
  int status_before = 0;       // status of the first answer, unless that was the 429

  bool operator==(const RateLimitRun&) const = default;
};

// The answer to a path below /api/console/v1/ that tries to escape from it.
struct PathAnswer {
  std::string form{};  // how it tries to: "..", "%2e%2e", "%2f", "%5c"
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
  refused,  // no listener, a firewall rejects, or the peer hangs up without an answer
  silent,   // no answer to the connection in time
  open,
};

struct PlainHttpProbe {
  PortState state = PortState::refused;
  std::optional<HttpAnswer> answer{};  // to GET /; absent where it is not open or speaks no HTTP

  bool operator==(const PlainHttpProbe&) const = default;
};

// The requests to the console that need no session. The console is asked them in this order; what
// each sends is in the table of exporter/observe/probes/console/web_probe.cpp.
enum class ConsoleRequest : std::uint8_t {
  auth_ok,        // GET /api/auth/ok
  page,           // GET /
  metrics,        // GET /metrics
  status,         // GET /api/console/status
  foreign_write,  // POST /api/console/v1/zones with a foreign Origin, without a cookie
  own_write,      // the same with the console's own Origin
  sign_out,       // POST /api/auth/sign-out without a cookie
  sign_up,        // POST /api/auth/sign-up/email with {}
  count,
};

// Absent facts were not asked yet, or are not asked in this configuration.
struct WebAnswers {
  EnumArray<ConsoleRequest, Fact<HttpAnswer>> answers{};
  std::vector<OriginAnswer> grants{};  // GET /api/console/status with Origins that are not its own
  Fact<PlainHttpProbe> plain_http{};
  Fact<RateLimitRun> limiter{};
  Fact<RateLimitRun> limiter_forwarded{};  // each request with another X-Forwarded-For
  std::optional<SessionAnswers> session{};

  bool operator==(const WebAnswers&) const = default;
};

// Origins that probes send: one that nobody owns, and that of the product's developers.
inline constexpr std::string_view foreign_origin = "https://caracal-compliance-exporter.invalid";
inline constexpr std::string_view development_origin = "http://localhost:3001";

}  // namespace compliance
