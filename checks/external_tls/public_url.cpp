// The web console's public URL and origins are https. The product accepts http in production
// (FACTS.md 2.3). The host is evaluated by web-edge-public-origin.
#include "checks/caracal/web_console.h"
#include "checks/check.h"

namespace compliance::external_tls {
namespace {

// `name` is what the verdict calls the URL.
Verdict url_verdict(const StatedUrl& url, const std::string& name, const Origin& origin) {
  const WebUrlFault fault = url.reading.fault;
  const bool readable = fault == WebUrlFault::none || fault == WebUrlFault::non_ascii_host;
  if (readable && url.reading.url.scheme == "https") {
    return pass();
  }
  const std::string wrong{readable ? "is plain http" : words_for(fault)};
  return with_expected_observed(fail(name + " " + wrong, origin), "an https URL", url.shown);
}

// Unset fails: nothing then says that browsers reach the console over https.
Verdict auth_url_verdict(const Container& console) {
  const Fact<StatedUrl> url = public_url(console);
  if (url.fault) {
    return unknown(*url.fault, url.origin);
  }
  return url.value ? url_verdict(*url.value, "CARACAL_AUTH_URL", url.origin)
                   : with_expected_observed(fail("CARACAL_AUTH_URL is not set", url.origin),
                                            "an https URL", "not set");
}

// Origins are trusted for CORS and writes, so one over plain http is as bad as the URL itself.
Verdicts evaluate_public_url(const Container& container, const Policy& /*policy*/) {
  if (container.component != Component::web || container.role != ContainerRole::main) {
    return {};
  }
  Verdicts verdicts{auth_url_verdict(container)};
  const auto origins = further_origins(container);
  if (origins.fault) {
    verdicts.push_back(unknown(*origins.fault, origins.origin));
  }
  for (const StatedUrl& url : origins.value.value_or(std::vector<StatedUrl>{})) {
    verdicts.push_back(url_verdict(url, "an origin of CARACAL_WEB_ORIGIN", origins.origin));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check public_url{
    .id = "external-tls-public-url",
    .title = "The console's public URL and origins are https",
    .area = Area::external_tls,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes,
    .why = "Over plain http anyone on the network path can read an administrator's session.",
    .remediation =
        "Set CARACAL_AUTH_URL (packaged Compose: CARACAL_WEB_URL) and CARACAL_WEB_ORIGIN to https.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_public_url,
};
}  // namespace compliance::external_tls
