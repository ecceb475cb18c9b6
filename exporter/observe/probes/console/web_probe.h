// The requests of checks.md to the web console, and nothing else.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "checks/facts/web_answers.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/probes/http/http_client.h"

namespace compliance::probes {

struct WebTarget {
  HttpRoute route{};
  std::string
      connect_to_http{};  // HOST:PORT of port 80; asked only when set or `connect_to` is not
  std::size_t replicas = 1;
  std::vector<HttpHeader> headers{};  // of headers_file: they let the probes through a proxy
  std::string session_cookie{};       // of session_cookie_file: the value of a Cookie header
  std::chrono::milliseconds timeout{10'000};  // of one request
};

// Everything but the limiter. After a request that timed out, or found no name or no certificate to
// trust, no further one is sent: those facts have its fault. The whole ends at the deadline.
// Headers and cookie are sent over verified TLS or to this machine alone; where the URL is neither,
// facts that need them are not_observable.
WebAnswers probe_web(const WebTarget& target, const Resolver& resolver, const Deadline& deadline);

// `limiter` and `limiter_forwarded`, and `ok`, which decides whether they are asked at all. At most
// 2 x (3 x replicas + 1) requests below /api/auth/sign-in/, and none where GET /api/auth/ok is not
// 200 {"ok":true}; the second run is left out where the first met no limit.
WebAnswers probe_limiter(const WebTarget& target, const Resolver& resolver,
                         const Deadline& deadline);

}  // namespace compliance::probes
