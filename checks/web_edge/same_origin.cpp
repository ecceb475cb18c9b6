// Whether browsers use one origin for the console and its API, unless a split is declared.
#include "checks/check.h"
#include "checks/web_edge/shared/trusted_origin.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// A declared split is evaluated by web-edge-split-origins.
Verdicts evaluate_same_origin(const Installation& installation, const Policy& /*policy*/) {
  if (!installation.split_origins.empty()) {
    return {not_applicable()};
  }
  Verdicts verdicts;
  for (const Container* console : web_consoles(installation)) {
    append(verdicts, attributed_to(evaluate_further_origins(*console), *console));
  }
  return with_web_endpoint(std::move(verdicts), installation, [](const Endpoint& endpoint) {
    return Verdicts{one_origin_verdict(endpoint)};
  });
}

}  // namespace

extern constinit const Check same_origin{
    .id = "web-edge-same-origin",
    .title = "The console trusts no origin but its own, unless a split is declared",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes | Source::endpoint,
    .why = "A page of any trusted origin acts with the session of its visitor.",
    .remediation = "Empty CARACAL_WEB_ORIGIN, or declare the origins in split_origins.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_same_origin,
};
}  // namespace compliance::web_edge
