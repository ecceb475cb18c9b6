// ConsoleClient, and the gate of requests that only a console understands.
#include "exporter/observe/probes/console/console_requests.h"

#include <algorithm>
#include <utility>

#include "checks/formats/ascii.h"

namespace compliance::probes {
namespace {

// Names the configured file that stays unsent, never its content.
Fault in_clear(std::string_view what) {
  return {.reason = UnknownReason::not_observable,
          .message = std::string{what} +
                     " is sent over TLS, or to this machine without a proxy, and the endpoint is "
                     "neither: nothing was asked"};
}

bool is_cookie(const HttpHeader& header) { return lower_case(header.name) == "cookie"; }

}  // namespace

ConsoleClient::ConsoleClient(const WebTarget& target, const Resolver& resolver,
                             const Deadline& deadline)
    : target_(&target),
      http_(target.route, resolver, {.request = target.timeout, .deadline = deadline}) {
  const auto& plan = http_.plan();
  if (!plan || plan->tls || is_local_only(*plan)) {
    return;
  }
  no_session_ = in_clear("session_cookie_file");
  if (!target.headers.empty()) {
    http_.end(in_clear("headers_file"));
  }
}

Fact<HttpAnswer> ConsoleClient::get(const std::string& path) { return ask({.target = path}); }

Fact<HttpAnswer> ConsoleClient::get_with(HttpHeader header, const std::string& path) {
  return ask({.target = path, .headers = {std::move(header)}});
}

Fact<HttpAnswer> ConsoleClient::ask(HttpRequest request) {
  request.headers.insert(request.headers.begin(), target_->headers.begin(), target_->headers.end());
  return http_.ask(request);
}

// Of two Cookie headers a server may read the first alone, so the operator's own joins the session.
Fact<HttpAnswer> ConsoleClient::ask_in_session(HttpRequest request) {
  if (no_session_) {
    return http_.not_asked(request, *no_session_);
  }
  request.headers = target_->headers;
  const auto cookie = std::find_if(request.headers.begin(), request.headers.end(), &is_cookie);
  if (cookie == request.headers.end()) {
    request.headers.push_back({.name = "Cookie", .value = target_->session_cookie});
  } else {
    cookie->value += "; " + target_->session_cookie;
  }
  return http_.ask(request);
}

std::optional<Fault> no_console(const Fact<HttpAnswer>& ok) {
  if (ok.fault) {
    return ok.fault;
  }
  if (ok.value && ok.value->status == 200 && ok.value->body == R"({"ok":true})") {
    return std::nullopt;
  }
  return Fault{.reason = UnknownReason::unexpected_response,
               .message = std::string{ok.origin.place.text()} +
                          R"( is not answered with 200 {"ok":true}: nothing further was asked)"};
}

}  // namespace compliance::probes
