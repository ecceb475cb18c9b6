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

  // By the Origin that was sent and the whole answer to it.
  bool operator==(const OriginAnswer&) const = default;
};

// The same harmless GET below /api/auth/sign-in/, repeated until it is limited. Its path is random,
// so it has a counter of its own and locks nobody out (FACTS.md 6.7, T23).
struct RateLimitRun {
  std::size_t sent = 0;
  std::size_t refused_at = 0;  // number of the first request answered with 429, from 1; 0: none
  int status_before = 0;       // status of the first answer, unless that was the 429

  // By the course of one run; the random path does not count.
  bool operator==(const RateLimitRun&) const = default;
};

// The answer to a path below /api/console/v1/ that tries to escape from it.
struct PathAnswer {
  std::string form{};  // how it tries to: "..", "%2e%2e", "%2f", "%5c"
  Fact<HttpAnswer> answer{};

  // By form and answer; the rest of the path is the same for all.
  bool operator==(const PathAnswer&) const = default;
};

// With the operator's session cookie: path validation shows only behind it (FACTS.md T21).
struct SessionAnswers {
  Fact<HttpAnswer> control{};  // GET /api/console/status: 200 when the cookie works
  std::vector<PathAnswer> paths{};

  // The cookie itself is not part of it.
  bool operator==(const SessionAnswers&) const = default;
};

// How port 80 of the console's host behaves.
enum class PortState : std::uint8_t {
  refused,  // no listener, a firewall rejects, or the peer hangs up without an answer
  silent,   // no answer to the connection in time
  open,
};

// The answer on port 80. A redirect to https is right, and ACME needs the port (FACTS.md T11).
struct PlainHttpProbe {
  PortState state = PortState::refused;
  std::optional<HttpAnswer> answer{};  // to GET /; absent where it is not open or speaks no HTTP

  // By state, then by the whole answer.
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

// Absent facts were not asked yet, or are not asked in this configuration. Answers are only
// comparable while auth_ok is 200: without it, missing cookies and limits prove nothing
// (FACTS.md 18.6).
struct WebAnswers {
  EnumArray<ConsoleRequest, Fact<HttpAnswer>> answers{};
  std::vector<OriginAnswer> grants{};  // GET /api/console/status with Origins that are not its own
  Fact<PlainHttpProbe> plain_http{};
  Fact<RateLimitRun> limiter{};
  Fact<RateLimitRun> limiter_forwarded{};  // each request with another X-Forwarded-For
  std::optional<SessionAnswers> session{};

  // By all answers, headers in wire order.
  bool operator==(const WebAnswers&) const = default;
};

// Origins that probes send: one that nobody owns, and that of the product's developers.
inline constexpr std::string_view foreign_origin = "https://caracal-compliance-exporter.invalid";
inline constexpr std::string_view development_origin = "http://localhost:3001";

}  // namespace compliance
