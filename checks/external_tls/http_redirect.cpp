// Port 80 of the console's host is closed or redirects to https. Source: FACTS.md T11.
#include <algorithm>
#include <array>

#include "checks/formats/redirect.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"

namespace compliance::external_tls {
namespace {

constexpr auto expected_on_port_80 = "closed, or redirects to https on the same host";

// Servers refuse plain http with these. Not included: statuses that ask for credentials (401, 407)
// or may be followed by content a moment later (408, 425, 429).
bool is_refusal(const HttpAnswer& answer) {
  constexpr std::array statuses{400, 403, 404, 405, 410, 421, 426, 451};
  const bool refused = std::find(statuses.begin(), statuses.end(), answer.status) != statuses.end();
  // The console itself answers that way too, and would serve other paths (FACTS.md 18.6).
  return refused && header_values(answer, "x-request-id").empty();
}

// Another host fails even over https: browsers would send the console's users there.
Verdict redirect_verdict(const Redirect& redirect, const WebUrl& url, const Origin& origin) {
  const WebUrlReading& target = redirect.reading;
  const bool unread =
      target.fault == WebUrlFault::non_ascii_host || target.fault == WebUrlFault::no_host ||
      target.fault == WebUrlFault::bad_host || target.fault == WebUrlFault::bad_port;
  if (unread) {
    return unknown(UnknownReason::unparsable,
                   "redirects on port 80 to what " + std::string{words_for(target.fault)}, origin);
  }
  if (!target.sound() || target.url.scheme != "https") {
    const std::string observed{target.fault == WebUrlFault::relative ? "a redirect to plain http"
                                                                     : shown_origin(redirect.text)};
    return with_expected_observed(fail("does not redirect port 80 to https", origin),
                                  expected_on_port_80, observed);
  }
  return stays_on(redirect, url)
             ? pass()
             : with_expected_observed(fail("redirects port 80 to another host", origin),
                                      expected_on_port_80, shown_origin(redirect.text));
}

// The first verdict that is not a pass.
Verdict redirects_verdict(const std::vector<Redirect>& redirects, const Endpoint& endpoint) {
  const WebUrl url = read_web_url(endpoint.url).url;
  for (const Redirect& redirect : redirects) {
    Verdict verdict = redirect_verdict(redirect, url, endpoint.web.plain_http.origin);
    if (verdict.outcome != Outcome::pass) {
      return verdict;
    }
  }
  return pass();
}

// Content fails whatever it is, a proxy's start page included.
Verdict answer_verdict(const HttpAnswer& answer, const Endpoint& endpoint) {
  const Origin& origin = endpoint.web.plain_http.origin;
  if (is_success(answer)) {
    return with_expected_observed(fail("serves content over plain http on port 80", origin),
                                  expected_on_port_80, status_in_words(answer));
  }
  if (const auto redirects = redirects_of(answer); !redirects.empty()) {
    return redirects_verdict(redirects, endpoint);
  }
  return is_refusal(answer)
             ? pass("port 80 refuses plain http with " + status_in_words(answer), origin)
             : undecided(answer, "on port 80", origin);
}

// Proof that the host is up.
bool answered(const Endpoint& endpoint) {
  return endpoint.tls.handshake.value || endpoint.web.answers[ConsoleRequest::auth_ok].value;
}

// Passes when the port is closed or only redirects to https on the same host, whatever the port.
Verdict plain_http_verdict(const Endpoint& endpoint) {
  const PlainHttpProbe& probe = *endpoint.web.plain_http.value;
  const Origin& origin = endpoint.web.plain_http.origin;
  switch (probe.state) {
    case PortState::refused:
      return pass();
    case PortState::silent:
      // A host that is down is silent on every port.
      return answered(endpoint)
                 ? pass("port 80 gave no answer in time, while the endpoint did", origin)
                 : unknown(UnknownReason::timeout,
                           "gave no answer in time, neither on port 80 nor at its endpoint",
                           origin);
    case PortState::open:
      break;
  }
  return probe.answer ? answer_verdict(*probe.answer, endpoint)
                      : unknown(UnknownReason::protocol_error,
                                "port 80 is open but does not speak HTTP", origin);
}

// With connect_to the endpoint is reached by another address, whose port 80 may be somebody else's.
Verdicts evaluate_http_redirect(const Installation& installation, const Policy& /*policy*/) {
  const Endpoint* endpoint = asked_endpoint(installation, Component::web);
  if (endpoint == nullptr) {
    return {without_endpoint(Component::web)};
  }
  const Fact<PlainHttpProbe>& probe = endpoint->web.plain_http;
  if (probe.absent() && !endpoint->web.answers[ConsoleRequest::auth_ok].absent()) {
    return {attributed_to(
        unknown(UnknownReason::not_configured,
                "port 80 is not probed when connect_to is set and connect_to_http is not",
                endpoint->origin),
        *endpoint)};
  }
  return {
      attributed_to(probe.value ? plain_http_verdict(*endpoint) : unanswered(probe), *endpoint)};
}

}  // namespace

extern constinit const Check http_redirect{
    .id = "external-tls-http-redirect",
    .title = "Port 80 of the console's host is closed or redirects to https",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Source::endpoint,
    .why = "Plain http traffic, sessions included, can be read and altered in transit.",
    .remediation = "Close port 80, or let it redirect everything to https on the same host.",
    .reference = "https://www.rfc-editor.org/rfc/rfc6797#section-7.2",
    .rule = &evaluate_http_redirect,
};
}  // namespace compliance::external_tls
