// Routes requests: authenticates, answers by path and counts.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "exporter/base/latest.h"
#include "exporter/publish/http/authentication.h"
#include "exporter/publish/http/http_message.h"
#include "exporter/publish/metrics/gzip_body.h"
#include "exporter/publish/metrics/runtime_metrics.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// A snapshot with what scrapes ask of it, rendered once. Reports are asked for seldom.
struct RenderedSnapshot {
  std::shared_ptr<const Snapshot> snapshot{};
  // The verdict families of /metrics, which a scrape ends with the live ones.
  std::shared_ptr<const std::string> exposition{};
  std::shared_ptr<const GzipBeginning> exposition_gzip{};
};

// Renders all of it; a body that cannot be compressed is left null and served plain.
RenderedSnapshot render(std::shared_ptr<const Snapshot> snapshot);

// What the routes need of the rest of the program.
struct RouteContext {
  const Latest<RenderedSnapshot>* latest = nullptr;
  const BearerTokens* tokens = nullptr;
  RuntimeMetrics* metrics = nullptr;
  std::function<Result<std::string>()> reload{};  // POST /-/reload
  // GET /api/v1/events; absent: there is no history.
  std::function<Result<EventPage>(const EventQuery&)> events{};
  std::function<FailureThrottle::Clock::time_point()> now = &FailureThrottle::Clock::now;
};

// Answers each request by the table of routes in router.cpp, and counts it. Safe from all threads.
class Router {
 public:
  explicit Router(RouteContext context);

  ServerResponse handle(const ServerRequest& request);
  // Only /-/healthy and /-/ready, for --web.probe-address.
  ServerResponse handle_probe(const ServerRequest& request);

 private:
  struct Route;

  static std::span<const Route> routes();
  static const Route* find_route(std::string_view path);
  ServerResponse answer(const Route* route, const ServerRequest& request);
  ServerResponse refuse(AuthenticationFailure failure);
  ServerResponse health(const ServerRequest& request) const;
  ServerResponse metrics(const ServerRequest& request) const;
  ServerResponse report(const ServerRequest& request) const;
  ServerResponse events(const ServerRequest& request) const;
  ServerResponse page(const ServerRequest& request) const;
  ServerResponse reload(const ServerRequest& request) const;
  void count(const Route* route, int status) const;

  RouteContext context_;
  FailureThrottle throttle_;
};

}  // namespace compliance
