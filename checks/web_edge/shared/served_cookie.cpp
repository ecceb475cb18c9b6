// Evaluates the session cookies that the console sets.
#include "checks/web_edge/shared/served_cookie.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "checks/formats/set_cookie.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"

namespace compliance {
namespace {

// One property that every session cookie must have.
struct Demand {
  std::string_view fault{};
  std::string_view expected{};
  bool (*met)(const SetCookie&) = nullptr;
};

// A stronger prefix serves as well.
bool has_secure_prefix(const SetCookie& cookie) {
  return cookie.name.rfind("__Secure-", 0) == 0 || cookie.name.rfind("__Host-", 0) == 0;
}

// Unset does not count: browsers differ in their default.
bool stays_on_its_site(const SetCookie& cookie) {
  return cookie.same_site == SameSite::lax || cookie.same_site == SameSite::strict;
}

const Demand secure{.fault = "session cookies are not Secure",
                    .expected = "Secure",
                    .met = [](const SetCookie& cookie) { return cookie.secure; }};
const Demand http_only{.fault = "scripts can read session cookies",
                       .expected = "HttpOnly",
                       .met = [](const SetCookie& cookie) { return cookie.http_only; }};
const Demand prefixed{.fault = "session cookies lack a prefix that forbids plain http",
                      .expected = "__Secure-",
                      .met = &has_secure_prefix};
const Demand same_site{.fault = "session cookies are not restricted to their site",
                       .expected = "SameSite=Lax or SameSite=Strict",
                       .met = &stays_on_its_site};
const Demand stated_site{
    .fault = "session cookies do not state SameSite",
    .expected = "SameSite=None, SameSite=Lax or SameSite=Strict",
    .met = [](const SetCookie& cookie) { return cookie.same_site != SameSite::unset; }};
const Demand cross_site{
    .fault = "session cookies are not sent across sites",
    .expected = "SameSite=None",
    .met = [](const SetCookie& cookie) { return cookie.same_site == SameSite::none; }};

// The console's own; those of a load balancer hold no session.
bool is_of_console(const SetCookie& cookie) {
  constexpr std::string_view own = "better-auth.";
  std::string_view name = cookie.name;
  if (has_secure_prefix(cookie)) {
    name.remove_prefix(name.find('-') + 1);
  }
  return name.substr(0, own.size()) == own;
}

// Headers that a browser would ignore are left out.
std::vector<SetCookie> session_cookies(const HttpAnswer& answer) {
  std::vector<SetCookie> cookies;
  for (const std::string_view text : header_values(answer, "set-cookie")) {
    auto cookie = read_set_cookie(text);
    if (cookie && is_of_console(*cookie)) {
      cookies.push_back(std::move(*cookie));
    }
  }
  return cookies;
}

// Shows how many cookies fail, not which: names hold no secret but add nothing.
Verdict demand_verdict(const Demand& demand, const std::vector<SetCookie>& cookies,
                       const Origin& origin) {
  const auto met = std::count_if(cookies.begin(), cookies.end(), demand.met);
  const auto all = static_cast<std::ptrdiff_t>(cookies.size());
  if (met == all) {
    return pass();
  }
  return with_expected_observed(
      fail(std::string{demand.fault}, origin), std::string{demand.expected},
      std::to_string(all - met) + " of " + std::to_string(all) + " without it");
}

// No cookies at all are inconclusive: sign-out always deletes some (FACTS.md 6.3).
Verdicts evaluate_demands(const Endpoint& endpoint, std::initializer_list<const Demand*> demands) {
  if (auto missing = console_missing(endpoint)) {
    return {std::move(*missing)};
  }
  const Fact<HttpAnswer>& sign_out = endpoint.web.answers[ConsoleRequest::sign_out];
  if (!sign_out.value) {
    return {unanswered(sign_out)};
  }
  const auto cookies = session_cookies(*sign_out.value);
  if (sign_out.value->status != 200 || cookies.empty()) {
    return {unexpected("POST /api/auth/sign-out", sign_out, endpoint)};
  }
  Verdicts verdicts;
  for (const Demand* demand : demands) {
    verdicts.push_back(demand_verdict(*demand, cookies, sign_out.origin));
  }
  verdicts = findings_or_pass(std::move(verdicts));
  verdicts.front().origin = sign_out.origin;
  return verdicts;
}

}  // namespace

// In a split None is right, so there only a stated SameSite is demanded.
Verdicts evaluate_served_cookies(const Endpoint& endpoint, bool split) {
  return evaluate_demands(endpoint,
                          {&secure, &http_only, split ? &stated_site : &same_site, &prefixed});
}

Verdicts evaluate_split_cookies(const Endpoint& endpoint) {
  return evaluate_demands(endpoint, {&cross_site, &secure});
}

}  // namespace compliance
