// What the probes of the web console share: the operator's headers, and whether it is a console.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "exporter/observe/probes/console/web_probe.h"
#include "exporter/observe/probes/http/http_session.h"

namespace compliance::probes {

// Asks the endpoint of the target with the operator's headers on each request. Headers and cookie
// let somebody in, so both go over verified TLS alone, or to this machine: where they would not,
// nothing is asked.
class ConsoleClient {
 public:
  ConsoleClient(const WebTarget& target, const Resolver& resolver, const Deadline& deadline);

  Fact<HttpAnswer> get(const std::string& path);
  Fact<HttpAnswer> get_with(HttpHeader header, const std::string& path);
  Fact<HttpAnswer> ask(HttpRequest request);

  // The operator's session goes along.
  Fact<HttpAnswer> ask_in_session(HttpRequest request);

  // GET /api/auth/ok.
  Fact<HttpAnswer> ask_ok() { return get("/api/auth/ok"); }

  const HttpSession& http() const { return http_; }

 private:
  const WebTarget* target_;
  HttpSession http_;
  std::optional<Fault> no_session_{};
};

// Why requests that only a console understands are not sent: GET /api/auth/ok was not answered with
// 200 {"ok":true}. Nothing when it was. Source: facts 18.6.
std::optional<Fault> no_console(const Fact<HttpAnswer>& ok);

}  // namespace compliance::probes
