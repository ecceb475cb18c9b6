// Whether a path escapes the part of the API that the console serves. It shows only with a session
// (FACTS.md 6.6, T21), so without a configured cookie it is not observable.
#include "checks/check.h"
#include "checks/web_edge/shared/console_request.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// Unknown, since nothing may be seen from here.
Verdict not_observable(const char* why, const Origin& origin) {
  return unknown(UnknownReason::not_observable, why, origin);
}

// An expired cookie must not look like a closed path: the session is tried first.
Verdicts proxied_paths_verdict(const Endpoint& endpoint) {
  const auto& session = endpoint.web.session;
  if (!session) {
    return {not_observable("endpoints.web.session_cookie_file is not configured", Origin{})};
  }
  if (!session->control.value) {
    return {unanswered(session->control)};
  }
  if (session->control.value->status != 200 || !is_served(*session->control.value)) {
    return {not_observable("the session cookie does not work", session->control.origin)};
  }
  Verdicts verdicts;
  for (const PathAnswer& path : session->paths) {
    verdicts.push_back(path_verdict(path, endpoint));
  }
  return verdicts.empty() ? Verdicts{unanswered(Fact<HttpAnswer>{})} : verdicts;
}

Verdicts evaluate_proxied_paths(const Installation& installation, const Policy& /*policy*/) {
  return on_web_endpoint(installation, &proxied_paths_verdict);
}

}  // namespace

extern constinit const Check proxied_paths{
    .id = "web-edge-proxied-paths",
    .title = "No path escapes the console's part of the API",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Source::endpoint,
    .why =
        "The console acts with the administrators' token: a path that escapes reaches endpoints "
        "that operators must not use.",
    .remediation = "Update to v2026.06.25-rc.1 or later, which rejects encoded dots and slashes.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_proxied_paths,
};
}  // namespace compliance::web_edge
