// Routes requests to pages and adds the headers that pages need.
#include "exporter/publish/pages/page_answers.h"

#include <memory>
#include <string>
#include <utility>

#include "exporter/publish/pages/style_sheet.h"

namespace compliance::pages {
namespace {

constexpr int not_found = 404;

// Never stored: a page shows weaknesses, and an old one would show a state that is over.
ServerResponse page(int status, std::string document) {
  ServerResponse response{.status = status,
                          .content_type = "text/html; charset=utf-8",
                          .body = std::make_shared<const std::string>(std::move(document))};
  response.headers.emplace("Cache-Control", "no-store");
  response.headers.emplace("X-Content-Type-Options", "nosniff");
  add_page_headers(response);
  return response;
}

// The body never repeats the path, which is foreign text.
ServerResponse nothing_there() {
  ServerResponse response{.status = not_found,
                          .body = std::make_shared<const std::string>("not found\n")};
  response.headers.emplace("Cache-Control", "no-store");
  response.headers.emplace("X-Content-Type-Options", "nosniff");
  return response;
}

ServerResponse page_or_nothing(std::optional<std::string> document) {
  return document ? page(200, *std::move(document)) : nothing_there();
}

// The last value of the parameter `installation`; empty when there is none.
std::string asked_installation(const QueryParameters& query) {
  std::string installation;
  for (const QueryParameter& parameter : query) {
    if (parameter.name == "installation") {
      installation = parameter.value.value_or("");
    }
  }
  return installation;
}

}  // namespace

std::string_view page_of(std::string_view path) {
  if (path == overview_path) {
    return overview_path;
  }
  if (path == history_path) {
    return history_path;
  }
  return path.starts_with(std::string{checks_path} + "/") ? checks_path : std::string_view{};
}

ServerResponse answer_page(const ServerRequest& request, const Snapshot& snapshot,
                           const EventSource& events) {
  const std::string_view asked = page_of(request.path);
  if (asked == history_path) {
    HistoryPage history = history_page(snapshot, request.parameters, events);
    return page(history.status, std::move(history.document));
  }
  const std::string installation = asked_installation(request.parameters);
  if (asked == overview_path) {
    return page_or_nothing(overview_page(snapshot, installation));
  }
  // Never percent-decoded: ids of checks need no escapes, so what holds one is no id.
  const std::string_view check = std::string_view{request.path}.substr(checks_path.size() + 1);
  return page_or_nothing(
      check_page(snapshot, {.check = check, .installation = installation}, events));
}

void add_page_headers(ServerResponse& response) {
  response.headers.emplace("Content-Security-Policy", page_policy());
  response.headers.emplace("X-Frame-Options", "DENY");
  response.headers.emplace("Referrer-Policy", "no-referrer");
}

}  // namespace compliance::pages
