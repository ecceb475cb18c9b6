// Judges what the console's host does on port 80.
#include "checks/external_tls/shared/plain_http.h"

#include <algorithm>
#include <array>

#include "checks/formats/redirect.h"
#include "checks/rules/http_verdicts.h"

namespace compliance {
namespace {

constexpr auto expected_on_port_80 = "closed, or redirects to https on the same host";

// Servers refuse plain http with these. Not among them: those that ask for credentials (401, 407)
// or may end in content a moment later (408, 425, 429).
bool is_refusal(const HttpAnswer& answer) {
  constexpr std::array statuses{400, 403, 404, 405, 410, 421, 426, 451};
  const bool refused = std::find(statuses.begin(), statuses.end(), answer.status) != statuses.end();
  // The console itself refuses that way too, and would serve other paths (facts 18).
  return refused && header_values(answer, "x-request-id").empty();
}

Verdict judge_redirect(const Redirect& redirect, const WebUrl& url, const Origin& origin) {
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

// The first verdict that is no pass.
Verdict judge_redirects(const std::vector<Redirect>& redirects, const Endpoint& endpoint) {
  const WebUrl url = read_web_url(endpoint.url).url;
  for (const Redirect& redirect : redirects) {
    Verdict verdict = judge_redirect(redirect, url, endpoint.web.plain_http.origin);
    if (verdict.outcome != Outcome::pass) {
      return verdict;
    }
  }
  return pass();
}

Verdict judge_answer(const HttpAnswer& answer, const Endpoint& endpoint) {
  const Origin& origin = endpoint.web.plain_http.origin;
  if (is_success(answer)) {
    return with_expected_observed(fail("serves content over plain http on port 80", origin),
                                  expected_on_port_80, status_in_words(answer));
  }
  if (const auto redirects = redirects_of(answer); !redirects.empty()) {
    return judge_redirects(redirects, endpoint);
  }
  return is_refusal(answer)
             ? pass("port 80 refuses plain http with " + status_in_words(answer), origin)
             : undecided(answer, "on port 80", origin);
}

bool answered(const Endpoint& endpoint) {
  return endpoint.tls.handshake.value || endpoint.web.answers[ConsoleRequest::auth_ok].value;
}

}  // namespace

Verdict judge_plain_http(const Endpoint& endpoint) {
  const PlainHttpProbe& door = *endpoint.web.plain_http.value;
  const Origin& origin = endpoint.web.plain_http.origin;
  switch (door.state) {
    case PortState::refused:
      return pass();
    case PortState::silent:
      // A host that is down is silent on every port.
      return answered(endpoint)
                 ? pass("port 80 gave no answer in time, while the endpoint did", origin)
                 : unknown(UnknownReason::timeout,
                           "gave no answer in time on port 80 nor at its endpoint", origin);
    case PortState::open:
      break;
  }
  return door.answer
             ? judge_answer(*door.answer, endpoint)
             : unknown(UnknownReason::protocol_error, "port 80 is open and speaks no HTTP", origin);
}

}  // namespace compliance
