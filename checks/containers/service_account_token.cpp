// Pods mount no token for the Kubernetes API. The packaged chart turns it off (FACTS.md 5.2).
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance::containers {
namespace {

// Audiences of the API server: none is the default, and these are how clusters name it.
bool is_api_server(std::string_view audience) {
  constexpr std::string_view scheme = "https://";
  if (audience.starts_with(scheme)) {
    audience.remove_prefix(scheme.size());
  }
  constexpr auto names = std::to_array<std::string_view>(
      {"", "api", "kubernetes", "kubernetes.default", "kubernetes.default.svc"});
  return std::find(names.begin(), names.end(), audience) != names.end() ||
         audience.starts_with("kubernetes.default.svc.");
}

// A projected token, whatever the fields say that mount the usual one.
Verdict projected_token_verdict(const Mount& token) {
  return is_api_server(token.source)
             ? with_expected_observed(
                   fail("mounts a projected token for the Kubernetes API", token.origin),
                   "no projected serviceAccountToken, or another audience",
                   "the audience of the API server")
             : pass("mounts a projected token for another audience", token.origin);
}

// The pod's field wins over the ServiceAccount's; without either the token is mounted.
Verdict usual_token_verdict(const Container& container) {
  const Fact<bool>& fact = container.service_account_token;
  if (fact.fault) {
    return unknown(*fact.fault, fact.origin);
  }
  if (fact.is(false)) {
    return pass();
  }
  return with_expected_observed(fail("mounts a token for the Kubernetes API", fact.origin),
                                "automountServiceAccountToken: false",
                                fact.absent() ? "not set, which mounts it" : "true");
}

Verdicts evaluate_service_account_token(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts{usual_token_verdict(container)};
  for (const Mount& mount : container.mounts) {
    if (mount.kind == MountKind::service_account) {
      verdicts.push_back(projected_token_verdict(mount));
    }
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check service_account_token{
    .id = "containers-service-account-token",
    .title = "Pods mount no service account token",
    .area = Area::containers,
    .severity = Severity::medium,
    .evidence = Source::kubernetes,
    .why =
        "Caracal does not use the Kubernetes API; a token that nobody needs is only of use to an "
        "attacker.",
    .remediation =
        "Set automountServiceAccountToken: false in the pod's spec, which overrides the "
        "ServiceAccount, and remove projected serviceAccountToken volumes.",
    .reference =
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    .rule = RuleOnEach<Container>{&evaluate_service_account_token},
};

}  // namespace compliance::containers
