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

// A snapshot with what scrapes ask of it, rendered once: several Prometheus servers may scrape each
// snapshot. Reports are asked for seldom, and rendered when they are.
struct RenderedSnapshot {
  std::shared_ptr<const Snapshot> snapshot{};
  // The verdict families of /metrics, which a scrape ends with the live ones.
  std::shared_ptr<const std::string> exposition{};
  std::shared_ptr<const GzipBeginning> exposition_gzip{};
};

// Renders all of it; a body that cannot be compressed is left null and served plain. Takes
// milliseconds to a second, on the thread that publishes.
RenderedSnapshot render(std::shared_ptr<const Snapshot> snapshot);

// What the routes need of the rest of the program. All that it points to has to outlive the router,
// and the functions have to be safe from all threads.
struct RouteContext {
  const Latest<RenderedSnapshot>* latest = nullptr;
  const BearerTokens* tokens = nullptr;
  RuntimeMetrics* metrics = nullptr;
  std::function<Result<std::string>()> reload{};  // POST /-/reload
  // GET /api/v1/events; absent: there is no history.
  std::function<Result<EventPage>(const EventQuery&)> events{};
  // Replaced in tests.
  std::function<FailureThrottle::Clock::time_point()> now = &FailureThrottle::Clock::now;
};

// Answers each request by the table of routes in router.cpp, and counts it. Safe from all threads.
class Router {
 public:
  // Declares every path and code to the metrics, so that all have a series from the start.
  explicit Router(RouteContext context);

  // The answer of a full listener. A path without route is 401 without a token and 404 with one, so
  // that strangers learn of no path.
  ServerResponse handle(const ServerRequest& request);
  // Only /-/healthy and /-/ready, for --web.probe-address; everything else is 404, with or without
  // a token.
  ServerResponse handle_probe(const ServerRequest& request);

 private:
  struct Route;

  static std::span<const Route> routes();
  // The route of a path as it was received; null: there is none.
  static const Route* find_route(std::string_view path);
  // The answer before it is counted. A null route is a path that there is none for.
  ServerResponse answer(const Route* route, const ServerRequest& request);
  // 401, perhaps after a wait.
  ServerResponse refuse(AuthenticationFailure failure);
  // 200 without a word on what is wrong: it is open to everybody.
  ServerResponse health(const ServerRequest& request) const;
  // The verdicts of the snapshot and then the live families, which are rendered at each scrape.
  ServerResponse metrics(const ServerRequest& request) const;
  // The verdicts in the format that is asked for, rendered anew.
  ServerResponse report(const ServerRequest& request) const;
  // 503 while the history cannot be read, and where there is none.
  ServerResponse events(const ServerRequest& request) const;
  ServerResponse page(const ServerRequest& request) const;
  // Answers when the new configuration has been evaluated, or with the reason why it was rejected.
  ServerResponse reload(const ServerRequest& request) const;
  void count(const Route* route, int status) const;

  RouteContext context_;
  FailureThrottle throttle_;
};

}  // namespace compliance
