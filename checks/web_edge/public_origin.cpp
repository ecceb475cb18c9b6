// The console knows the origin that browsers reach it by.
#include "checks/subject/public_origin.h"

#include "checks/check.h"
#include "checks/subject/web_console.h"

namespace compliance::web_edge {
namespace {

Verdicts judge(const Container& console, const Installation& installation) {
  const Fact<StatedUrl> url = public_url(console);
  if (url.fault) {
    return {unknown(*url.fault, url.origin)};
  }
  if (!url.value) {
    return {
        comparing(fail("CARACAL_AUTH_URL is not set", url.origin), "the public origin", "not set")};
  }
  if (needs_idna(*url.value)) {
    return {unknown(UnknownReason::unparsable,
                    "CARACAL_AUTH_URL " + std::string{words_for(url.value->reading.fault)},
                    url.origin)};
  }
  Verdicts verdicts;
  for (const std::string& fault : public_origin_faults(url.value->reading, installation)) {
    verdicts.push_back(comparing(fail("CARACAL_AUTH_URL " + fault, url.origin),
                                 "the origin that browsers use", url.value->shown));
  }
  return verdicts.empty() ? Verdicts{pass()} : verdicts;
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container* console : web_consoles(installation)) {
    for (Verdict& verdict : judge(*console, installation)) {
      verdicts.push_back(about(std::move(verdict), *console));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check public_origin{
    .id = "web-edge-public-origin",
    .title = "The console's public URL is the origin that browsers use",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why =
        "Trusted origins, cookies and redirects follow this URL: a wrong one trusts the wrong "
        "site or breaks sign-in.",
    .remediation =
        "Set CARACAL_AUTH_URL (packaged Compose: CARACAL_WEB_URL) to scheme and host alone.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::web_edge
