// Probes the web console: the requests of ConsoleRequest, its port 80 and its rate limit.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "checks/facts/web_answers.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/probes/http/http_client.h"

namespace compliance::probes {

// One web console to probe.
struct WebTarget {
  HttpRoute route{};
  // HOST:PORT of port 80, which is probed only when this is set or `connect_to` is not.
  std::string connect_to_http{};
  // Each may count requests by itself, so the limit may be met later (FACTS.md 6.7).
  std::size_t replicas = 1;
  std::vector<HttpHeader> headers{};  // of headers_file: they authenticate the probes to a proxy
  std::string session_cookie{};       // of session_cookie_file: the value of a Cookie header
  std::chrono::milliseconds timeout{10'000};  // of one request
};

// Everything but the rate limit. After a request that timed out, or whose name or certificate
// failed, no further request is sent: the remaining facts get its fault. Ends at the deadline.
// Headers and cookie are sent only over verified TLS or to this machine; where the URL is neither,
// facts that need them are not_observable.
WebAnswers probe_web(const WebTarget& target, const Resolver& resolver, const Deadline& deadline);

// Connects to port 80 of the console's host and, if it is open, requests GET / without the
// operator's headers. Faults: not_configured where the target names no such port (`connect_to` is
// set, `connect_to_http` is not); dns_failure; timeout where no time was left; what a proxy
// answered; `why_not`, with which nothing is sent.
Fact<PlainHttpProbe> probe_plain_http(const WebTarget& target, const Resolver& resolver,
                                      const Deadline& deadline,
                                      const std::optional<Fault>& why_not = std::nullopt);

// `limiter` and `limiter_forwarded`, and auth_ok, which decides whether they are probed at all. At
// most 2 x (3 x replicas + 1) requests below /api/auth/sign-in/, and none where GET /api/auth/ok is
// not 200 {"ok":true}; the second run is skipped where the first met no limit.
WebAnswers probe_limiter(const WebTarget& target, const Resolver& resolver,
                         const Deadline& deadline);

}  // namespace compliance::probes
