// HttpSession: requests to one endpoint, one after the other, until one shows that the rest
// is in vain.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "checks/facts/fact.h"
#include "checks/formats/http.h"
#include "exporter/observe/probes/http/http_client.h"
#include "exporter/observe/probes/http/http_route.h"

namespace compliance::probes {

// How long requests may take.
struct RequestTimeouts {
  std::chrono::milliseconds request;  // each of them
  Deadline deadline;                  // all of them
};

// Used by one thread at a time.
class HttpSession {
 public:
  // Sends nothing yet.
  HttpSession(const HttpRoute& route, const Resolver& resolver, RequestTimeouts patience);

  // The answer, or why there is none; its origin is "METHOD URL". Once a request has timed out, or
  // the endpoint's name or certificate has failed, nothing further is sent: each fact has that
  // fault.
  Fact<HttpAnswer> ask(const HttpRequest& request);

  // The fact of a request that is not sent, with the reason.
  Fact<HttpAnswer> not_asked(const HttpRequest& request, const Fault& why) const;

  // Sends nothing from now on.
  void end(const Fault& why) { ended_ = why; }
  // Why no further request is sent; nothing while requests are sent.
  const std::optional<Fault>& ended() const { return ended_; }

  // Where answers to that request come from.
  Origin origin_of(const HttpRequest& request) const;

  // Nothing when the route cannot be read; each request says so then.
  const std::optional<RoutePlan>& plan() const { return plan_; }

 private:
  std::optional<RoutePlan> plan_;
  RequestTimeouts patience_;
  HttpClient client_;
  std::optional<Fault> ended_{};
};

// 16 random hexadecimal digits: a path of that name exists nowhere, and no counter of a
// rate limiter has seen it.
std::string random_name();

}  // namespace compliance::probes
