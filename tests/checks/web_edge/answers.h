// What a sound console answers to the probes, for the tests of rules that judge an endpoint. Each
// test spoils one thing.
#pragma once

#include <string>
#include <utility>

#include "tests/checks/web_edge/consoles.h"

namespace compliance::test {

inline constexpr auto endpoint_url = "https://console.example.net";
inline constexpr auto html = "text/html; charset=utf-8";
inline constexpr auto json = "application/json";

inline Origin asked_at() {
  return {.source = Source::endpoint, .place = Location{"https://console.example.net"}};
}

// Where one request of the tests was sent, so that a finding can say which one it is about.
inline Origin asked_at(const std::string& target) {
  return {.source = Source::endpoint, .place = Location{endpoint_url + target}};
}

inline void remove_header(HttpAnswer& answer, std::string_view name) {
  std::erase_if(answer.headers, [name](const HttpHeader& header) { return header.name == name; });
}

inline void add_header(HttpAnswer& answer, std::string name, std::string value) {
  answer.headers.push_back({.name = std::move(name), .value = std::move(value)});
}

inline void set_header(HttpAnswer& answer, const std::string& name, std::string value) {
  remove_header(answer, name);
  add_header(answer, name, std::move(value));
}

// With the headers that the console puts on every answer.
inline HttpAnswer answer_of_console(int status, const std::string& type, std::string body) {
  return {.status = status,
          .headers = {{.name = "x-content-type-options", .value = "nosniff"},
                      {.name = "x-frame-options", .value = "DENY"},
                      {.name = "referrer-policy", .value = "no-referrer"},
                      {.name = "strict-transport-security",
                       .value = "max-age=63072000; includeSubDomains"},
                      {.name = "x-request-id", .value = "8b3bf273-b4bb-4da9-ab65-1c1ec1aaf2eb"},
                      {.name = "content-type", .value = type}},
          .body = std::move(body),
          .tls = true};
}

inline HttpAnswer console_page() {
  HttpAnswer page = answer_of_console(200, html, "<!doctype html>");
  add_header(page, "content-security-policy",
             "default-src 'self'; frame-ancestors 'none'; style-src 'self' 'unsafe-inline'; "
             "script-src 'self'");
  return page;
}

// Answers below /api/console that come from the session test or from behind it.
inline HttpAnswer console_says(int status, std::string body) {
  HttpAnswer answer = answer_of_console(status, json, std::move(body));
  add_header(answer, "cache-control", "no-store");
  return answer;
}

inline HttpAnswer unauthenticated() { return console_says(401, R"({"error":"unauthenticated"})"); }

inline HttpAnswer cross_site_blocked() {
  return answer_of_console(403, json, R"({"error":"cross_site_request_blocked"})");
}

// What a web server in front of the console says by itself.
inline HttpAnswer answer_of_edge(int status) {
  return {.status = status,
          .headers = {{.name = "content-type", .value = "text/html"}},
          .body = "<html>",
          .tls = true};
}

inline HttpAnswer redirect_to(std::string location) {
  HttpAnswer answer = answer_of_edge(302);
  add_header(answer, "location", std::move(location));
  return answer;
}

inline Fact<HttpAnswer> answered(HttpAnswer answer, const std::string& target) {
  return {.value = std::move(answer), .origin = asked_at(target)};
}

inline Fact<HttpAnswer> timed_out(const std::string& target) {
  return {.origin = asked_at(target),
          .fault = Fault{.reason = UnknownReason::timeout, .message = "no answer in time"}};
}

inline HttpAnswer signed_out() {
  HttpAnswer answer = answer_of_console(200, json, R"({"success":true})");
  for (const char* name : {"session_token", "session_data", "dont_remember"}) {
    add_header(answer, "set-cookie",
               std::string{"__Secure-better-auth."} + name +
                   "=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax");
  }
  return answer;
}

inline Fact<RateLimitRun> limiter_run(RateLimitRun run, const std::string& target = "/limiter") {
  return {.value = run, .origin = asked_at(target)};
}

// A console of a release from v2026.06.25-rc.1 on, as the packaged files run it.
inline Endpoint sound_endpoint() {
  Endpoint endpoint{
      .component = Component::web, .url = endpoint_url, .origin = asked_at(), .probed = true};
  WebAnswers& web = endpoint.web;
  web.answers[ConsoleRequest::auth_ok] =
      answered(answer_of_console(200, json, R"({"ok":true})"), "/ok");
  web.answers[ConsoleRequest::page] = answered(console_page(), "/");
  web.answers[ConsoleRequest::status] = answered(unauthenticated(), "/status");
  web.answers[ConsoleRequest::foreign_write] = answered(cross_site_blocked(), "/foreign");
  web.answers[ConsoleRequest::own_write] = answered(unauthenticated(), "/own");
  web.answers[ConsoleRequest::sign_out] = answered(signed_out(), "/sign-out");
  web.answers[ConsoleRequest::sign_up] = answered(
      answer_of_console(403, json, R"({"error":"registration_not_permitted"})"), "/sign-up");
  for (const std::string_view origin :
       {foreign_origin, std::string_view{"null"}, development_origin}) {
    web.grants.push_back(
        {.origin = std::string{origin}, .answer = answered(unauthenticated(), "/grant")});
  }
  web.limiter = limiter_run({.sent = 4, .refused_at = 4, .status_before = 404});
  web.limiter_forwarded =
      limiter_run({.sent = 4, .refused_at = 4, .status_before = 404}, "/forwarded");
  web.session = SessionAnswers{
      .control = answered(console_says(200, "{}"), "/control"),
  };
  for (const char* form : {"..", "%2e%2e", "%2f", "%5c"}) {
    web.session->paths.push_back({.form = form,
                                  .answer = answered(console_says(404, R"({"error":"not_found"})"),
                                                     "/" + std::string{form})});
  }
  return endpoint;
}

// Nothing but the endpoint is configured.
inline Installation asked(Endpoint endpoint) {
  Installation installation = compose_installation({});
  installation.configured = Source::endpoint;
  installation.probed.endpoints = {std::move(endpoint)};
  return installation;
}

// The console's container and its endpoint.
inline Installation asked(Endpoint endpoint, const Container& console) {
  Installation installation = compose_installation({console});
  installation.configured = Source::compose | Source::endpoint;
  installation.probed.endpoints = {std::move(endpoint)};
  return installation;
}

inline Outcome status_of(std::string_view id, const Endpoint& endpoint) {
  return status_of(id, asked(endpoint));
}

inline std::string summary_of(std::string_view id, const Endpoint& endpoint) {
  return summary_of(id, asked(endpoint));
}

// The finding that counts most.
inline Finding first_finding(std::string_view id, const Installation& installation) {
  const CheckResult result = result_of(id, installation);
  return result.findings.empty() ? Finding{.outcome = Outcome::not_applicable}
                                 : result.findings.front();
}

inline Finding first_finding(std::string_view id, const Endpoint& endpoint) {
  return first_finding(id, asked(endpoint));
}

// What every row about the endpoint says of a finding there.
inline void expect_asked_at(const Finding& finding, const std::string& target) {
  EXPECT_EQ(finding.component, Component::web);
  EXPECT_EQ(finding.object, "endpoint web");
  EXPECT_EQ(finding.origin, asked_at(target));
}

// Expects an undecided check, for this reason.
inline void expect_unknown(std::string_view id, const Installation& installation,
                           UnknownReason reason, std::string_view message) {
  const CheckResult result = result_of(id, installation);
  EXPECT_EQ(result.status, Outcome::unknown) << message;
  ASSERT_FALSE(result.findings.empty());
  EXPECT_EQ(result.findings.front().reason, reason);
  EXPECT_EQ(result.findings.front().message, message);
  EXPECT_EQ(result.findings.front().component, Component::web);
  EXPECT_EQ(result.findings.front().object, "endpoint web");
}

inline void expect_unknown(std::string_view id, const Endpoint& endpoint, UnknownReason reason,
                           std::string_view message) {
  expect_unknown(id, asked(endpoint), reason, message);
}

// Holds for every row that needs the console's endpoint: without one it is unknown.
inline void expect_needs_endpoint(std::string_view id) {
  Endpoint sts{.component = Component::sts, .url = "https://sts.example.net", .probed = true};
  expect_unknown(id, asked(sts), UnknownReason::not_configured, "no endpoint of web is asked");
  Endpoint offline = sound_endpoint();
  offline.probed = false;
  expect_unknown(id, offline, UnknownReason::not_configured, "no endpoint of web is asked");
}

// Holds for every row on headers: what the console did not answer decides nothing.
inline void expect_judges_pages_of_the_console_alone(std::string_view id) {
  expect_needs_endpoint(id);
  Endpoint endpoint = sound_endpoint();
  EXPECT_EQ(status_of(id, endpoint), Outcome::pass);
  expect_asked_at(first_finding(id, endpoint), "/");
  endpoint.web.answers[ConsoleRequest::page] = timed_out("/");
  expect_unknown(id, endpoint, UnknownReason::timeout, "no answer in time");
  endpoint.web.answers[ConsoleRequest::page] = {};
  expect_unknown(id, endpoint, UnknownReason::pending, "was not asked yet");
  endpoint.web.answers[ConsoleRequest::page] = answered(answer_of_edge(502), "/");
  expect_unknown(id, endpoint, UnknownReason::unexpected_response,
                 "GET / was answered with 502, which is inconclusive");
  expect_asked_at(first_finding(id, endpoint), "/");
  endpoint.web.answers[ConsoleRequest::page] =
      answered(redirect_to("https://login.example.org/"), "/");
  expect_unknown(id, endpoint, UnknownReason::unexpected_response,
                 "GET / was answered with 302, perhaps by a proxy in front of the console: "
                 "endpoints.web.headers_file lets probes through");
  for (const int status : {301, 401, 403, 404, 500}) {
    endpoint.web.answers[ConsoleRequest::page] = answered(console_page(), "/");
    endpoint.web.answers[ConsoleRequest::page].value->status = status;
    EXPECT_EQ(first_finding(id, endpoint).reason, UnknownReason::unexpected_response) << status;
  }
  for (const bool empty : {true, false}) {
    endpoint.web.answers[ConsoleRequest::page] = answered(console_page(), "/");
    remove_header(*endpoint.web.answers[ConsoleRequest::page].value, "x-request-id");
    if (empty) {
      add_header(*endpoint.web.answers[ConsoleRequest::page].value, "x-request-id", "");
    }
    expect_unknown(id, endpoint, UnknownReason::unexpected_response,
                   "GET / was answered with 200, which is inconclusive");
  }
}

// Holds for rows on cookies, limits and registration: they ask a console that answers.
inline void expect_needs_console(std::string_view id, Installation installation) {
  WebAnswers& web = installation.probed.endpoints.front().web;
  web.answers[ConsoleRequest::auth_ok] = timed_out("/ok");
  expect_unknown(id, installation, UnknownReason::timeout, "no answer in time");
  web.answers[ConsoleRequest::auth_ok] = {};
  expect_unknown(id, installation, UnknownReason::pending, "was not asked yet");
  web.answers[ConsoleRequest::auth_ok] = answered(answer_of_console(404, "", ""), "/ok");
  expect_unknown(id, installation, UnknownReason::unexpected_response,
                 "GET /api/auth/ok was answered with 404, which is inconclusive");
  expect_asked_at(first_finding(id, installation), "/ok");
  web.answers[ConsoleRequest::auth_ok] =
      answered(answer_of_console(500, json, R"({"ok":true})"), "/ok");
  EXPECT_EQ(status_of(id, installation), Outcome::unknown);
  web.answers[ConsoleRequest::auth_ok] =
      answered(answer_of_console(200, json, R"({"ok":false})"), "/ok");
  EXPECT_EQ(status_of(id, installation), Outcome::unknown);
  web.answers[ConsoleRequest::auth_ok] = answered(answer_of_edge(403), "/ok");
  expect_unknown(id, installation, UnknownReason::unexpected_response,
                 "GET /api/auth/ok was answered with 403, perhaps by a proxy in front of the "
                 "console: endpoints.web.headers_file lets probes through");
}

}  // namespace compliance::test
