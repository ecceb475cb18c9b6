// Which request gets which answer.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "exporter/base/latest.h"
#include "exporter/publish/http/authentication.h"
#include "exporter/publish/http/http_server.h"
#include "exporter/publish/metrics/exposition.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// A snapshot with what scrapes ask of it, rendered once. Reports are asked for seldom.
struct RenderedSnapshot {
  std::shared_ptr<const Snapshot> snapshot{};
  std::shared_ptr<const std::string> exposition{};       // plain
  std::shared_ptr<const std::string> exposition_gzip{};  // a complete gzip member
};

// Renders all of it; a body that cannot be compressed is left null and served plain.
RenderedSnapshot render(std::shared_ptr<const Snapshot> snapshot);

// What the routes need of the rest of the program.
struct RouteContext {
  const Latest<RenderedSnapshot>* latest = nullptr;
  const BearerTokens* tokens = nullptr;
  std::function<Result<std::string>()> reload{};  // POST /-/reload
  // GET /api/v1/events; absent: there is no history.
  std::function<Result<EventPage>(const EventQuery&)> events{};
  std::function<FailureThrottle::Clock::time_point()> now = &FailureThrottle::Clock::now;
};

// Answers by exact path (interface.md, HTTP) and counts. Safe from all threads.
class Routes {
 public:
  explicit Routes(RouteContext context) : context_(std::move(context)) {}

  HttpResponse handle(const HttpRequest& request);
  // Only /-/healthy and /-/ready, for --web.probe-address.
  HttpResponse handle_probe(const HttpRequest& request);
  HttpCounts counts() const;

 private:
  HttpResponse answer(const HttpRequest& request);
  HttpResponse answer_open_path(const HttpRequest& request) const;
  HttpResponse read(const HttpRequest& request) const;
  HttpResponse refuse(AuthenticationFailure failure);
  HttpResponse metrics(const HttpRequest& request) const;
  HttpResponse report(const HttpRequest& request) const;
  HttpResponse events(const HttpRequest& request) const;
  HttpResponse page(const HttpRequest& request) const;
  HttpResponse reload() const;
  void count(const HttpRequest& request, int status);

  RouteContext context_;
  FailureThrottle brake_;
  mutable std::mutex mutex_;
  // Reasons exist from the start, so that a first failure is seen as an increase.
  HttpCounts counts_{
      .authentication_failures = {{"missing", 0}, {"malformed", 0}, {"mismatch", 0}}};
};

}  // namespace compliance
