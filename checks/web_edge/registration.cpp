// Not everybody can make an account.
#include "checks/web_edge/shared/registration.h"

#include "checks/caracal/web_console.h"
#include "checks/check.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

Verdicts evaluate_registration(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container* console : web_consoles(installation)) {
    verdicts.push_back(attributed_to(judge_registration(*console, installation), *console));
  }
  const bool settings_seen = !verdicts.empty();
  return with_web_endpoint(
      std::move(verdicts), installation,
      [settings_seen](const Endpoint& endpoint) { return judge_sign_up(endpoint, settings_seen); });
}

}  // namespace

extern constinit const Check registration{
    .id = "web-edge-registration",
    .title = "Not everybody can make an account",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes | Evidence::endpoint,
    .why = "Whoever signs up acts with the authority of the deployment's administrators.",
    .remediation =
        "Unset CARACAL_OPEN_REGISTRATION; with a release of June 2026 restrict who reaches the "
        "console, and update.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_registration,
};
}  // namespace compliance::web_edge
