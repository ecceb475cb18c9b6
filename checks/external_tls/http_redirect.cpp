// Port 80 of the console's host serves nothing.
#include "checks/subject/endpoint_rule.h"
#include "checks/subject/plain_http.h"

namespace compliance::external_tls {
namespace {

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  const Endpoint* endpoint = asked_endpoint(installation, Component::web);
  if (endpoint == nullptr) {
    return {without_endpoint(Component::web)};
  }
  const Fact<PlainHttpDoor>& door = endpoint->web.plain_http;
  if (door.absent() && !endpoint->web.ok.absent()) {
    return {about(unknown(UnknownReason::not_configured,
                          "port 80 is not asked where connect_to is set and connect_to_http is not",
                          endpoint->origin),
                  *endpoint)};
  }
  return {about(door.value ? judge_plain_http(*endpoint) : unanswered(door), *endpoint)};
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
    .rule = &evaluate,
};
}  // namespace compliance::external_tls
