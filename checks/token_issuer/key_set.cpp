// The issuer's origin serves the keys of sts.
#include "checks/token_issuer/shared/key_set.h"

#include "checks/rules/endpoint_rule.h"

namespace compliance::token_issuer {
namespace {

Verdicts evaluate_key_set(const Installation& installation, const Policy& /*policy*/) {
  const Endpoint* endpoint = asked_endpoint(installation, Component::sts);
  if (endpoint == nullptr) {
    return {without_endpoint(Component::sts)};
  }
  return {attributed_to(
      is_issued_elsewhere(installation, *endpoint)
          ? unknown(UnknownReason::not_observable,
                    "is not the issuer's origin, so its keys say nothing", endpoint->origin)
          : judge_key_set(*endpoint),
      *endpoint)};
}

}  // namespace

extern constinit const Check key_set{
    .id = "token-issuer-key-set",
    .title = "The issuer's origin serves the keys of sts",
    .area = Area::token_issuer,
    .severity = Severity::high,
    .evidence = Evidence::endpoint,
    .why =
        "Verifiers fetch signing keys below the issuer's URL: without them every token is refused, "
        "and with another server's keys strangers' tokens are accepted.",
    .remediation = "Route /.well-known/jwks.json of the issuer's host to sts on port 8080.",
    .reference = "https://www.rfc-editor.org/rfc/rfc7517#section-5",
    .rule = &evaluate_key_set,
};
}  // namespace compliance::token_issuer
