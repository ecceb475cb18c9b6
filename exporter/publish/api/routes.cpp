// Which request gets which answer.
#include "exporter/publish/api/routes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <zlib.h>

#include "exporter/publish/api/event_query.h"
#include "exporter/publish/api/events_json.h"
#include "exporter/publish/metrics/exposition.h"
#include "exporter/publish/pages/page_answers.h"
#include "exporter/publish/reports/report_formats.h"

namespace compliance {
namespace {

constexpr std::string_view metrics_path = "/metrics";
constexpr std::string_view healthy_path = "/-/healthy";
constexpr std::string_view ready_path = "/-/ready";
constexpr std::string_view reload_path = "/-/reload";
constexpr std::string_view report_path = "/api/v1/report";
constexpr std::string_view default_report = "json";
// The values of the label `path`, beside "other".
constexpr std::string_view events_path = "/api/v1/events";
constexpr std::array paths = {metrics_path, healthy_path, ready_path,
                              reload_path,  report_path,  events_path};

constexpr const char* exposition_type = "text/plain; version=0.0.4; charset=utf-8";
constexpr const char* get_methods = "GET, HEAD";

// How hard zlib works, and with how much memory.
struct Effort {
  int level;
  int window_bits;
  int memory_level;
};
// Once for a snapshot; and at each scrape, where compressing the small rest would cost more than
// sending it as it is.
constexpr Effort thorough{.level = 6, .window_bits = 15, .memory_level = 8};
constexpr Effort none{.level = 0, .window_bits = 9, .memory_level = 1};

// `text` as one gzip member; nothing when there is no memory for it.
std::optional<std::string> gzip(const std::string& text, Effort effort) {
  constexpr int gzip_wrapper = 16;
  z_stream stream{};
  if (deflateInit2(&stream, effort.level, Z_DEFLATED, effort.window_bits + gzip_wrapper,
                   effort.memory_level, Z_DEFAULT_STRATEGY) != Z_OK) {
    return std::nullopt;
  }
  std::string compressed(deflateBound(&stream, text.size()), '\0');
  // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast,cppcoreguidelines-pro-type-const-cast):
  // zlib takes unsigned bytes, and input that it does not change
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
  stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
  // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast,cppcoreguidelines-pro-type-const-cast)
  stream.avail_in = static_cast<uInt>(text.size());
  stream.avail_out = static_cast<uInt>(compressed.size());
  const int outcome = deflate(&stream, Z_FINISH);
  compressed.resize(stream.total_out);
  deflateEnd(&stream);
  return outcome == Z_STREAM_END ? std::optional(std::move(compressed)) : std::nullopt;
}

HttpResponse text(int status, std::string body) {
  return HttpResponse{
      .status = status,
      .body = std::make_shared<const std::string>(std::move(body)),
      .headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}}};
}

HttpResponse shared(std::shared_ptr<const std::string> body, const std::string& content_type) {
  auto response = text(200, "");
  response.body = std::move(body);
  response.content_type = content_type;
  if (content_type.starts_with("text/html")) {
    pages::add_page_headers(response);
  }
  return response;
}

HttpResponse wrong_method(const std::string& allowed) {
  auto response = text(405, "method not allowed\n");
  response.headers.emplace("Allow", allowed);
  return response;
}

bool is_get(const HttpRequest& request) {
  return request.method == "GET" || request.method == "HEAD";
}

bool is_readable(std::string_view path) {
  return path == metrics_path || path == report_path || path == events_path ||
         !pages::page_of(path).empty();
}

bool is_open(std::string_view path) { return path == healthy_path || path == ready_path; }

// The format that the parameters `format` name, JSON where there is none; null when one is unknown
// or they contradict one another. Other parameters mean nothing.
const ReportFormat* asked_format(std::string_view query) {
  constexpr std::string_view name = "format=";
  const ReportFormat* asked = nullptr;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto parameter = query.substr(0, end);
    if (parameter.starts_with(name)) {
      const ReportFormat* format = find_report_format(parameter.substr(name.size()));
      if (format == nullptr || (asked != nullptr && asked != format)) {
        return nullptr;
      }
      asked = format;
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return asked == nullptr ? find_report_format(default_report) : asked;
}

HttpResponse no_snapshot() { return text(503, "nothing has been evaluated yet\n"); }

}  // namespace

RenderedSnapshot render(std::shared_ptr<const Snapshot> snapshot) {
  RenderedSnapshot rendered;
  rendered.exposition = std::make_shared<const std::string>(render_exposition(*snapshot));
  if (auto compressed = gzip(*rendered.exposition, thorough)) {
    rendered.exposition_gzip = std::make_shared<const std::string>(*std::move(compressed));
  }
  rendered.snapshot = std::move(snapshot);
  return rendered;
}

HttpResponse Routes::handle(const HttpRequest& request) {
  auto response = answer(request);
  count(request, response.status);
  return response;
}

HttpResponse Routes::handle_probe(const HttpRequest& request) {
  auto response = is_open(request.path) ? answer_open_path(request) : text(404, "not found\n");
  count(request, response.status);
  return response;
}

HttpCounts Routes::counts() const {
  const std::scoped_lock lock(mutex_);
  return counts_;
}

HttpResponse Routes::answer(const HttpRequest& request) {
  if (is_open(request.path)) {
    return answer_open_path(request);
  }
  if (const auto failure = context_.tokens->check(request.authorization)) {
    return refuse(*failure);
  }
  if (request.path == reload_path) {
    return request.method == "POST" ? reload() : wrong_method("POST");
  }
  if (!is_readable(request.path)) {
    return text(404, "not found\n");
  }
  return is_get(request) ? read(request) : wrong_method(get_methods);
}

HttpResponse Routes::read(const HttpRequest& request) const {
  if (request.path == metrics_path) {
    return metrics(request);
  }
  if (request.path == report_path) {
    return report(request);
  }
  return request.path == events_path ? events(request) : page(request);
}

HttpResponse Routes::answer_open_path(const HttpRequest& request) const {
  if (!is_get(request)) {
    return wrong_method(get_methods);
  }
  if (request.path == ready_path && context_.latest->get() == nullptr) {
    return text(503, "not ready\n");
  }
  return text(200, "ok\n");
}

HttpResponse Routes::refuse(AuthenticationFailure failure) {
  {
    const std::scoped_lock lock(mutex_);
    ++counts_.authentication_failures[std::string(name_of(failure))];
  }
  auto response = text(401, "unauthorized\n");
  // A header for each: browsers do not find a challenge behind another one in the same.
  response.headers.emplace("WWW-Authenticate", "Bearer");
  response.headers.emplace("WWW-Authenticate", "Basic realm=\"caracal-compliance-exporter\"");
  response.delay = brake_.delay_of_failure(context_.now());
  return response;
}

HttpResponse Routes::metrics(const HttpRequest& request) const {
  const auto latest = context_.latest->get();
  if (latest == nullptr) {
    return no_snapshot();
  }
  auto process = render_process_exposition(counts());
  if (request.accepts_gzip && latest->exposition_gzip != nullptr) {
    if (auto member = gzip(process, none)) {
      auto response = shared(latest->exposition_gzip, exposition_type);
      response.body_suffix = *std::move(member);
      response.headers.emplace("Content-Encoding", "gzip");
      response.headers.emplace("Vary", "Accept-Encoding");
      return response;
    }
  }
  auto response = shared(latest->exposition, exposition_type);
  response.body_suffix = std::move(process);
  response.headers.emplace("Vary", "Accept-Encoding");
  return response;
}

HttpResponse Routes::report(const HttpRequest& request) const {
  const ReportFormat* format = asked_format(request.query);
  if (format == nullptr) {
    return text(400, "format has to be one of " + report_format_list() + "\n");
  }
  const auto latest = context_.latest->get();
  if (latest == nullptr) {
    return no_snapshot();
  }
  return shared(std::make_shared<const std::string>(format->render(*latest->snapshot, {})),
                std::string{format->content_type});
}

HttpResponse Routes::events(const HttpRequest& request) const {
  const auto query = parse_event_query(request.query);
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

HttpResponse Routes::page(const HttpRequest& request) const {
  const auto latest = context_.latest->get();
  return latest == nullptr ? no_snapshot()
                           : pages::answer_page(request, *latest->snapshot, context_.events);
}

HttpResponse Routes::reload() const {
  if (!context_.reload) {
    return text(500, "reload is not available\n");
  }
  const auto outcome = context_.reload();
  return outcome ? text(200, outcome.value() + "\n") : text(500, outcome.error().message + "\n");
}

void Routes::count(const HttpRequest& request, int status) {
  const bool known = std::find(paths.begin(), paths.end(), request.path) != paths.end();
  const std::string_view page = pages::page_of(request.path);
  const std::scoped_lock lock(mutex_);
  ++counts_.requests[{known ? request.path : page.empty() ? "other" : std::string{page}, status}];
}

}  // namespace compliance
