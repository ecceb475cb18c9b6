// Port 80 of the console's host serves nothing.
#include "checks/external_tls/shared/plain_http.h"
#include "checks/rules/endpoint_rule.h"

namespace compliance::external_tls {
namespace {

Verdicts evaluate_http_redirect(const Installation& installation, const Policy& /*policy*/) {
  const Endpoint* endpoint = asked_endpoint(installation, Component::web);
  if (endpoint == nullptr) {
    return {without_endpoint(Component::web)};
  }
  const Fact<PlainHttpProbe>& door = endpoint->web.plain_http;
  if (door.absent() && !endpoint->web.answers[ConsoleRequest::auth_ok].absent()) {
    return {attributed_to(
        unknown(UnknownReason::not_configured,
                "port 80 is not asked where connect_to is set and connect_to_http is not",
                endpoint->origin),
        *endpoint)};
  }
  return {attributed_to(door.value ? judge_plain_http(*endpoint) : unanswered(door), *endpoint)};
}

}  // namespace

extern constinit const Check http_redirect{
    .id = "external-tls-http-redirect",
    .title = "Port 80 of the console's host is closed or redirects to https",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Evidence::endpoint,
    .why = "What is served over plain http can be read and changed on the way, sessions included.",
    .remediation = "Close port 80, or let it redirect everything to https on the same host.",
    .reference = "https://www.rfc-editor.org/rfc/rfc6797#section-7.2",
    .rule = &evaluate_http_redirect,
};
}  // namespace compliance::external_tls
