// Routes requests: authenticates, answers by path and counts.
#include "exporter/publish/api/router.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "exporter/publish/api/events_json.h"
#include "exporter/publish/event_query.h"
#include "exporter/publish/metrics/exposition.h"
#include "exporter/publish/metrics/family_builder.h"
#include "exporter/publish/metrics/process_metrics.h"
#include "exporter/publish/pages/page_answers.h"
#include "exporter/publish/reports/report_formats.h"

namespace compliance {
namespace {

constexpr std::string_view ready_path = "/-/ready";
constexpr const char* exposition_type = "text/plain; version=0.0.4; charset=utf-8";
constexpr std::string_view get_methods = "GET, HEAD";
// What http_requests_total calls a path that has no route.
constexpr std::string_view other_path = "other";

constexpr std::array authentication_failures{AuthenticationFailure::missing,
                                             AuthenticationFailure::malformed,
                                             AuthenticationFailure::mismatch};

// Not to be cached or taken for another type: it may hold findings.
ServerResponse text(int status, std::string body) {
  return ServerResponse{
      .status = status,
      .body = std::make_shared<const std::string>(std::move(body)),
      .headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}}};
}

// 200 with a body that is not copied; pages get the headers of pages.
ServerResponse shared(std::shared_ptr<const std::string> body, const std::string& content_type) {
  auto response = text(200, "");
  response.body = std::move(body);
  response.content_type = content_type;
  if (content_type.starts_with("text/html")) {
    pages::add_page_headers(response);
  }
  return response;
}

// The format that the parameters `format` name, JSON where there is none; null when one is unknown
// or they contradict one another.
const ReportFormat* requested_format(const QueryParameters& parameters) {
  const ReportFormat* requested = nullptr;
  for (const QueryParameter& parameter : parameters) {
    if (parameter.name != "format") {
      continue;
    }
    const ReportFormat* format = find_report_format(parameter.value.value_or(""));
    if (format == nullptr || (requested != nullptr && requested != format)) {
      return nullptr;
    }
    requested = format;
  }
  return requested == nullptr ? find_report_format("json") : requested;
}

ServerResponse not_found() { return text(404, "not found\n"); }

// 503, which Prometheus shows as a failed scrape; an empty 200 would look like an empty estate.
ServerResponse no_snapshot() { return text(503, "nothing has been evaluated yet\n"); }

}  // namespace

RenderedSnapshot render(std::shared_ptr<const Snapshot> snapshot) {
  RenderedSnapshot rendered;
  rendered.exposition = std::make_shared<const std::string>(render_exposition(*snapshot));
  if (auto beginning = begin_gzip(*rendered.exposition)) {
    rendered.exposition_gzip = std::make_shared<const GzipBeginning>(*std::move(beginning));
  }
  rendered.snapshot = std::move(snapshot);
  return rendered;
}

// One path of the HTTP interface.
struct Router::Route {
  enum class Access : std::uint8_t { open, token };
  using Answer = ServerResponse (Router::*)(const ServerRequest&) const;

  std::string_view path;  // also its label in http_requests_total
  bool below;             // the paths below it instead of the path itself
  Access access;
  std::string_view methods;  // as Allow lists them
  Answer answer;
  // 401 comes before 405: strangers learn no method either.
  std::array<int, 5> codes;  // that it answers by, counted from the start; zeros fill the end

  bool matches(std::string_view requested) const {
    return below ? requested.starts_with(std::string{path} + "/") : requested == path;
  }
  std::span<const int> known_codes() const {
    return {codes.begin(), std::find(codes.begin(), codes.end(), 0)};
  }
  bool allows(std::string_view method) const {
    return methods == get_methods ? method == "GET" || method == "HEAD" : method == methods;
  }
};

std::span<const Router::Route> Router::routes() {
  using enum Route::Access;
  static constexpr std::array table{
      Route{"/-/healthy", false, open, get_methods, &Router::health, {200, 405}},
      Route{ready_path, false, open, get_methods, &Router::health, {200, 405, 503}},
      Route{"/metrics", false, token, get_methods, &Router::metrics, {200, 401, 405, 503}},
      Route{
          "/api/v1/report", false, token, get_methods, &Router::report, {200, 400, 401, 405, 503}},
      Route{
          "/api/v1/events", false, token, get_methods, &Router::events, {200, 400, 401, 405, 503}},
      Route{pages::overview_path,
            false,
            token,
            get_methods,
            &Router::page,
            {200, 401, 404, 405, 503}},
      Route{
          pages::history_path, false, token, get_methods, &Router::page, {200, 400, 401, 405, 503}},
      Route{pages::checks_path, true, token, get_methods, &Router::page, {200, 401, 404, 405, 503}},
      Route{"/-/reload", false, token, "POST", &Router::reload, {200, 401, 405, 500}},
  };
  return table;
}

const Router::Route* Router::find_route(std::string_view path) {
  const auto table = routes();
  const auto found = std::find_if(table.begin(), table.end(),
                                  [path](const Route& route) { return route.matches(path); });
  return found == table.end() ? nullptr : &*found;
}

Router::Router(RouteContext context) : context_(std::move(context)) {
  for (const Route& route : routes()) {
    for (const int code : route.known_codes()) {
      context_.metrics->declare_request(route.path, code);
    }
  }
  for (const int code : {401, 404}) {
    context_.metrics->declare_request(other_path, code);
  }
  for (const AuthenticationFailure failure : authentication_failures) {
    context_.metrics->declare_authentication_failure(name_of(failure));
  }
}

ServerResponse Router::handle(const ServerRequest& request) {
  const Route* route = find_route(request.path);
  auto response = answer(route, request);
  count(route, response.status);
  return response;
}

ServerResponse Router::handle_probe(const ServerRequest& request) {
  const Route* route = find_route(request.path);
  auto response = route != nullptr && route->access == Route::Access::open ? answer(route, request)
                                                                           : not_found();
  count(route, response.status);
  return response;
}

ServerResponse Router::answer(const Route* route, const ServerRequest& request) {
  // Before anything is said about a path.
  if (route == nullptr || route->access != Route::Access::open) {
    if (const auto failure = context_.tokens->check(request.authorization)) {
      return refuse(*failure);
    }
  }
  if (route == nullptr) {
    return not_found();
  }
  if (!route->allows(request.method)) {
    auto response = text(405, "method not allowed\n");
    response.headers.emplace("Allow", route->methods);
    return response;
  }
  // HEAD too: the HTTP library leaves the body out.
  return (this->*route->answer)(request);
}

ServerResponse Router::health(const ServerRequest& request) const {
  const bool ready = request.path != ready_path || context_.latest->get() != nullptr;
  return ready ? text(200, "ok\n") : text(503, "not ready\n");
}

ServerResponse Router::refuse(AuthenticationFailure failure) {
  context_.metrics->count_authentication_failure(name_of(failure));
  auto response = text(401, "unauthorized\n");
  // A header for each: browsers do not find a challenge behind another one in the same.
  response.headers.emplace("WWW-Authenticate", "Bearer");
  response.headers.emplace("WWW-Authenticate", "Basic realm=\"caracal-compliance-exporter\"");
  response.delay = throttle_.delay_of_failure(context_.now());
  return response;
}

ServerResponse Router::metrics(const ServerRequest& request) const {
  const auto latest = context_.latest->get();
  if (latest == nullptr) {
    return no_snapshot();
  }
  std::string live =
      context_.metrics->render() + exposition_text(ProcessCollector{"/proc"}.Collect());
  if (request.accepts_gzip && latest->exposition_gzip != nullptr) {
    // Without memory for it the plain body is served.
    if (auto end = end_gzip(*latest->exposition_gzip, live)) {
      auto response =
          // A pointer to the bytes that keeps the whole object alive.
          shared({latest->exposition_gzip, &latest->exposition_gzip->bytes}, exposition_type);
      response.body_suffix = *std::move(end);
      response.headers.emplace("Content-Encoding", "gzip");
      response.headers.emplace("Vary", "Accept-Encoding");
      return response;
    }
  }
  auto response = shared(latest->exposition, exposition_type);
  response.body_suffix = std::move(live);
  response.headers.emplace("Vary", "Accept-Encoding");
  return response;
}

ServerResponse Router::report(const ServerRequest& request) const {
  const ReportFormat* format = requested_format(request.parameters);
  if (format == nullptr) {
    return text(400, "format has to be one of " + report_format_list() + "\n");
  }
  const auto latest = context_.latest->get();
  if (latest == nullptr) {
    return no_snapshot();
  }
  return shared(std::make_shared<const std::string>(
                    format->render(*latest->snapshot, {.runtime = context_.metrics})),
                std::string{format->content_type});
}

ServerResponse Router::events(const ServerRequest& request) const {
  const auto query = parse_event_query(request.parameters);
  if (!query) {
    return text(400, query.error().message + "\n");
  }
  const auto page = context_.events ? context_.events(query.value())
                                    : Result<EventPage>{Error{"there is no history"}};
  if (!page) {
    return text(503, page.error().message + "\n");
  }
  const auto latest = context_.latest->get();
  const bool persistent = latest != nullptr && latest->snapshot->state_store_persistent;
  return shared(std::make_shared<const std::string>(render_events_json(page.value(), persistent)),
                "application/json");
}

ServerResponse Router::page(const ServerRequest& request) const {
  const auto latest = context_.latest->get();
  return latest == nullptr ? no_snapshot()
                           : pages::answer_page(request, *latest->snapshot, context_.events);
}

ServerResponse Router::reload(const ServerRequest& /*request*/) const {
  if (!context_.reload) {
    return text(500, "reload is not available\n");
  }
  const auto outcome = context_.reload();
  return outcome ? text(200, outcome.value() + "\n") : text(500, outcome.error().message + "\n");
}

void Router::count(const Route* route, int status) const {
  context_.metrics->count_request(route == nullptr ? other_path : route->path, status);
}

}  // namespace compliance
