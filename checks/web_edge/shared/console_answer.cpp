// Tells answers of the console from those of a proxy in front of it.
#include "checks/web_edge/shared/console_answer.h"

#include <algorithm>

#include "checks/formats/ascii.h"
#include "checks/formats/header_list.h"
#include "checks/formats/redirect.h"
#include "checks/formats/web_url.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"

namespace compliance {
namespace {

constexpr auto json = "application/json";

// The URL that a redirect leads to; nothing for a path of the same origin.
std::optional<WebUrl> target_of(const HttpAnswer& answer, const WebUrl& own) {
  const auto locations = header_values(answer, "location");
  if (!is_redirect(answer) || locations.empty()) {
    return std::nullopt;
  }
  const std::string_view location = locations.front();
  const WebUrlReading reading = location.rfind("//", 0) == 0
                                    ? read_web_url(own.scheme + ":" + std::string{location})
                                    : read_web_url(location);
  return reading.sound() ? std::optional{reading.url} : std::nullopt;
}

// To another origin. From http to https of the same host does not count.
bool leads_away(const HttpAnswer& answer, const Endpoint& endpoint) {
  const WebUrl own = read_web_url(endpoint.url).url;
  const auto target = target_of(answer, own);
  if (!target || origin_of(*target) == origin_of(own)) {
    return false;
  }
  return own.scheme == "https" || target->scheme == "http" || target->host != own.host;
}

// The console API sends no-store, proxies seldom do (FACTS.md 18.4).
bool is_forbidden_to_store(const HttpAnswer& answer) {
  const auto values = list_values(answer, "cache-control");
  return std::any_of(values.begin(), values.end(),
                     [](const std::string& value) { return lower_case(value) == "no-store"; });
}

// How the console API and the services behind it answer a bad request.
bool is_rejection(const HttpAnswer& answer) {
  return is_unconfigured(answer) || (answer.status >= 400 && answer.status < 500 &&
                                     answer.status != 401 && answer.status != 403);
}

}  // namespace

// Node's own error pages and those of proxies lack the header (FACTS.md 18.2).
bool is_from_console(const HttpAnswer& answer) {
  const auto ids = header_values(answer, "x-request-id");
  return !ids.empty() && !ids.front().empty();
}

bool is_page(const HttpAnswer& answer) {
  return is_success(answer) && content_type(answer) == "text/html";
}

// The console answers unknown paths with its page, so a 2xx alone proves nothing.
bool is_served(const HttpAnswer& answer) { return is_success(answer) && !is_page(answer); }

bool is_session_refusal(const HttpAnswer& answer) {
  return answer.status == 401 && answer.body == R"({"error":"unauthenticated"})";
}

bool is_cross_site_refusal(const HttpAnswer& answer) {
  return answer.status == 403 && answer.body == R"({"error":"cross_site_request_blocked"})";
}

bool is_unconfigured(const HttpAnswer& answer) {
  return answer.status == 503 && (answer.body == R"({"error":"control_plane_not_configured"})" ||
                                  answer.body == R"({"error":"coordinator_not_configured"})");
}

bool is_refusal(const HttpAnswer& answer, const Endpoint& endpoint) {
  return answer.status == 401 || answer.status == 403 || leads_away(answer, endpoint);
}

bool is_behind_session_test(const HttpAnswer& answer) {
  return is_served(answer) || (is_rejection(answer) && is_from_console(answer) &&
                               content_type(answer) == json && is_forbidden_to_store(answer));
}

Verdict unexpected(std::string_view request, const Fact<HttpAnswer>& fact,
                   const Endpoint& endpoint) {
  const HttpAnswer answer = fact.value.value_or(HttpAnswer{});
  const std::string answered =
      std::string{request} + " was answered with " + std::to_string(answer.status);
  // The console's own refusals are no hint at a proxy.
  const bool of_proxy =
      is_refusal(answer, endpoint) && !is_session_refusal(answer) && !is_cross_site_refusal(answer);
  return unknown(UnknownReason::unexpected_response,
                 of_proxy ? answered +
                                ", perhaps by a proxy in front of the console: "
                                "endpoints.web.headers_file lets probes through"
                          : answered + ", which is inconclusive",
                 fact.origin);
}

std::optional<Verdict> console_missing(const Endpoint& endpoint) {
  const Fact<HttpAnswer>& ok = endpoint.web.answers[ConsoleRequest::auth_ok];
  if (!ok.value) {
    return unanswered(ok);
  }
  if (ok.value->status == 200 && ok.value->body == R"({"ok":true})") {
    return std::nullopt;
  }
  return unexpected("GET /api/auth/ok", ok, endpoint);
}

std::optional<Verdict> page_missing(const Endpoint& endpoint) {
  const Fact<HttpAnswer>& page = endpoint.web.answers[ConsoleRequest::page];
  if (!page.value) {
    return unanswered(page);
  }
  // A split console answers / with a 404 of JSON (FACTS.md 6.9).
  const bool without_page = page.value->status == 404 && content_type(*page.value) == json;
  if (is_from_console(*page.value) && (is_success(*page.value) || without_page)) {
    return std::nullopt;
  }
  return unexpected("GET /", page, endpoint);
}

}  // namespace compliance
