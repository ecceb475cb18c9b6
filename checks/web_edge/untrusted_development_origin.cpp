// Whether the development origin http://localhost:3001 is trusted. Compose of 2026.06.22 leaves
// CARACAL_WEB_ORIGIN unset, which trusts it in production too (FACTS.md 6.4, T18).
#include "checks/check.h"
#include "checks/web_edge/shared/cors_grant.h"
#include "checks/web_edge/shared/trusted_origin.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

Verdicts evaluate_untrusted_development_origin(const Installation& installation,
                                               const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container* console : web_consoles(installation)) {
    verdicts.push_back(attributed_to(development_origin_verdict(*console), *console));
  }
  return with_web_endpoint(std::move(verdicts), installation, [](const Endpoint& endpoint) {
    return Verdicts{development_grant_verdict(endpoint)};
  });
}

}  // namespace

extern constinit const Check untrusted_development_origin{
    .id = "web-edge-untrusted-development-origin",
    .title = "The development origin http://localhost:3001 is not trusted",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes | Source::endpoint,
    .why = "Whatever serves that port on an operator's machine acts with the operator's session.",
    .remediation = "Set CARACAL_WEB_ORIGIN to the public origin or to nothing, but set it.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_untrusted_development_origin,
};
}  // namespace compliance::web_edge
