// Which request gets which answer.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "exporter/base/latest.h"
#include "exporter/publish/authentication.h"
#include "exporter/publish/exposition.h"
#include "exporter/publish/http_server.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// A snapshot with everything that requests ask of it, rendered once.
struct RenderedSnapshot {
  std::shared_ptr<const Snapshot> snapshot{};
  std::shared_ptr<const std::string> exposition{};       // plain
  std::shared_ptr<const std::string> exposition_gzip{};  // a complete gzip member
  std::shared_ptr<const std::string> json_report{};
};

RenderedSnapshot render(std::shared_ptr<const Snapshot> snapshot);

// What the routes need of the rest of the program.
struct RouteContext {
  const Latest<RenderedSnapshot>* latest = nullptr;
  const BearerTokens* tokens = nullptr;
  std::function<Result<std::string>()> reload{};  // POST /-/reload
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
  void count(const HttpRequest& request, int status);

  RouteContext context_;
  mutable std::mutex mutex_;
  HttpCounts counts_;
};

}  // namespace compliance
