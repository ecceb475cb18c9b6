// Not everybody can make an account.
#include "checks/check.h"
#include "checks/subject/web_console.h"

namespace compliance::web_edge {
namespace {

Verdict judge_release(const Container& console) {
  const Fact<bool> june = has_june_behaviour(console);
  if (june.fault) {
    return unknown(*june.fault, june.origin);
  }
  return june.is(true) ? comparing(fail("this release lets everybody sign up who reaches the "
                                        "console: restrict its edge",
                                        june.origin),
                                   "v2026.06.25-rc.1 or later", "a release of June 2026")
                       : pass();
}

// That the console does not run in production, where the default is open, is another row's finding.
Verdict judge(const Container& console, const Installation& installation) {
  const Fact<bool> open = has_open_registration(console);
  const bool production = installation.stage == DeploymentStage::production;
  if (production && open.is(true)) {
    return comparing(
        fail("CARACAL_OPEN_REGISTRATION is on: everybody can make an account", open.origin),
        "off, or not set", "on");
  }
  Verdict by_release = judge_release(console);
  if (production && open.fault && by_release.outcome == Outcome::pass) {
    return unknown(*open.fault, open.origin);
  }
  return by_release;
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container* console : web_consoles(installation)) {
    verdicts.push_back(about(judge(*console, installation), *console));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check registration{
    .id = "web-edge-registration",
    .title = "Not everybody can make an account",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why = "Whoever signs up acts with the authority of the deployment's administrators.",
    .remediation =
        "Unset CARACAL_OPEN_REGISTRATION; with a release of June 2026 restrict who reaches the "
        "console, and update.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::web_edge
