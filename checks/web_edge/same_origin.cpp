// Without a declared split, browsers use one origin for the console and its API.
#include "checks/check.h"
#include "checks/subject/trusted_origin.h"

namespace compliance::web_edge {
namespace {

Verdicts judge(const Container& console) {
  const auto origins = further_origins(console);
  if (origins.fault) {
    return {unknown(*origins.fault, origins.origin)};
  }
  Verdicts verdicts;
  for (const StatedUrl& entry : origins.value.value_or(std::vector<StatedUrl>{})) {
    verdicts.push_back(judge_own_origin(entry, console, origins.origin));
  }
  return findings_or_pass(std::move(verdicts));
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container* console : web_consoles(installation)) {
    if (!installation.split_origins.empty()) {
      return {not_applicable()};
    }
    for (Verdict& verdict : judge(*console)) {
      verdicts.push_back(about(std::move(verdict), *console));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check same_origin{
    .id = "web-edge-same-origin",
    .title = "The console trusts no origin but its own, unless a split is declared",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why = "A page of any trusted origin acts with the session of whoever visits it.",
    .remediation = "Empty CARACAL_WEB_ORIGIN, or declare the origins in split_origins.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::web_edge
