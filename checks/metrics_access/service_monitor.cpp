// Monitors send the bearer, and none scrapes web. The packaged ServiceMonitors have no
// authorization and include web, so a hardened installation patches them (FACTS.md 9, T43, T44).
#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance::metrics_access {
namespace {

// For the observed value of a verdict.
const char* describe(ScrapeCredential credential) {
  switch (credential) {
    case ScrapeCredential::none:
      return "no authorization";
    case ScrapeCredential::other_scheme:
      return "authorization of another type";
    case ScrapeCredential::basic:
      return "basicAuth";
    case ScrapeCredential::oauth2:
      return "oauth2";
    case ScrapeCredential::bearer:
      break;
  }
  return "a bearer";
}

// A bearer is compared by its kind alone; whether it is the right one, a probe shows.
Verdict scrape_verdict(const ScrapeEndpoint& scrape) {
  if (scrape.component == Component::web) {
    return with_expected_observed(fail("scrapes web, which has no metrics", scrape.origin),
                                  "no monitor for web", "a monitor");
  }
  return scrape.credential == ScrapeCredential::bearer
             ? pass()
             : with_expected_observed(
                   fail("scrapes without the bearer that the service requires", scrape.origin),
                   "authorization of type Bearer", describe(scrape.credential));
}

Verdicts evaluate_service_monitor(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const ScrapeEndpoint& scrape : installation.kubernetes.scrapes) {
    if (scrape.component == Component::web || has_mode(scrape.component)) {
      verdicts.push_back(attributed_to(scrape_verdict(scrape), scrape.component, scrape.object));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check service_monitor{
    .id = "metrics-access-service-monitor",
    .title = "Monitors for Caracal send the bearer, and none scrapes web",
    .area = Area::metrics_access,
    .severity = Severity::medium,
    .evidence = Source::kubernetes,
    .why =
        "Without the bearer every scrape is rejected, and nobody notices when the service fails.",
    .remediation = "Add authorization.credentials with METRICS_BEARER; remove monitors of web.",
    .reference = "https://prometheus-operator.dev/docs/api-reference/api/",
    .rule = &evaluate_service_monitor,
};
}  // namespace compliance::metrics_access
