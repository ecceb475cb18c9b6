// ConsoleClient: what the probes of the web console share, and the test whether it is a
// console.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "exporter/observe/probes/console/web_probe.h"
#include "exporter/observe/probes/http/http_session.h"

namespace compliance::probes {

// Sends requests to the console, each with the operator's headers. Headers and cookie let
// somebody in, so both go over verified TLS alone, or to this machine: where they would
// not, nothing is asked. Used by one thread at a time; the target has to outlive it.
class ConsoleClient {
 public:
  // Sends nothing yet.
  ConsoleClient(const WebTarget& target, const Resolver& resolver, const Deadline& deadline);

  // GET of the path.
  Fact<HttpAnswer> get(const std::string& path);
  // GET of the path with one more header.
  Fact<HttpAnswer> get_with(HttpHeader header, const std::string& path);
  // Any request. The operator's headers go first.
  Fact<HttpAnswer> ask(HttpRequest request);

  // The same with the operator's session cookie; not_observable where the cookie would
  // travel in plaintext.
  Fact<HttpAnswer> ask_in_session(HttpRequest request);

  // GET /api/auth/ok, which only a console answers as no_console() expects.
  Fact<HttpAnswer> ask_ok() { return get("/api/auth/ok"); }

  const HttpSession& http() const { return http_; }

 private:
  const WebTarget* target_;
  HttpSession http_;
  std::optional<Fault> no_session_{};
};

// Why requests that only a console understands are not sent: GET /api/auth/ok was not
// answered with 200 {"ok":true}. Nothing when it was. Without this gate "no limit" and "no
// cookie" would be wrong conclusions (FACTS.md 18.6).
std::optional<Fault> no_console(const Fact<HttpAnswer>& ok);

}  // namespace compliance::probes
