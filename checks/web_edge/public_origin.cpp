// The console knows the origin that browsers reach it by.
#include "checks/web_edge/shared/public_origin.h"

#include "checks/caracal/web_console.h"
#include "checks/check.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// Where settings decide, the endpoint adds what it knows for certain.
Verdicts public_origin_verdict(const Endpoint& endpoint, bool settings_seen) {
  Verdict verdict = judge_own_origin_trust(endpoint);
  return settings_seen && verdict.outcome == Outcome::unknown ? Verdicts{}
                                                              : Verdicts{std::move(verdict)};
}

Verdicts evaluate_public_origin(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container* console : web_consoles(installation)) {
    for (Verdict& verdict : judge_public_origin(*console, installation)) {
      verdicts.push_back(attributed_to(std::move(verdict), *console));
    }
  }
  const bool settings_seen = !verdicts.empty();
  return with_web_endpoint(std::move(verdicts), installation,
                           [settings_seen](const Endpoint& endpoint) {
                             return public_origin_verdict(endpoint, settings_seen);
                           });
}

}  // namespace

extern constinit const Check public_origin{
    .id = "web-edge-public-origin",
    .title = "The console's public URL is the origin that browsers use",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes | Evidence::endpoint,
    .why =
        "Trusted origins, cookies and redirects follow this URL: a wrong one trusts the wrong "
        "site or breaks sign-in.",
    .remediation =
        "Set CARACAL_AUTH_URL (packaged Compose: CARACAL_WEB_URL) to scheme and host alone.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_public_origin,
};
}  // namespace compliance::web_edge
