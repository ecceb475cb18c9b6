// Whether other sites can write through the console. Two writes without a cookie show it, one with
// a foreign Origin and one with its own (FACTS.md 6.5).
#include "checks/check.h"
#include "checks/web_edge/shared/console_request.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

Verdicts evaluate_cross_site_writes(const Installation& installation, const Policy& /*policy*/) {
  return on_web_endpoint(installation, [](const Endpoint& endpoint) -> Verdicts {
    return {foreign_write_verdict(endpoint), own_write_verdict(endpoint)};
  });
}

}  // namespace

extern constinit const Check cross_site_writes{
    .id = "web-edge-cross-site-writes",
    .title = "Other sites cannot write through the console",
    .area = Area::web_edge,
    .severity = Severity::critical,
    .evidence = Source::endpoint,
    .why =
        "A hostile site can change the deployment with the session of an operator who visits it.",
    .remediation =
        "Use a release that rejects foreign origins, and let the edge pass Origin and Referer "
        "through unchanged.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_cross_site_writes,
};
}  // namespace compliance::web_edge
