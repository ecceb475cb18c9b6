// Whether a declared split deployment trusts exactly the declared origins, with suitable cookies.
// Source: FACTS.md 6.9, T16.
#include "checks/check.h"
#include "checks/web_edge/shared/served_cookie.h"
#include "checks/web_edge/shared/session_cookie.h"
#include "checks/web_edge/shared/trusted_origin.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// Settings and served cookies both have to be right: either may be older than the other.
Verdicts evaluate_split_origins(const Installation& installation, const Policy& /*policy*/) {
  if (installation.split_origins.empty()) {
    return {not_applicable()};
  }
  Verdicts verdicts;
  for (const Container* console : web_consoles(installation)) {
    Verdicts own = evaluate_declared_split(*console, installation);
    own.push_back(cross_site_verdict(*console));
    own.push_back(secure_cookies_verdict(*console));
    append(verdicts, attributed_to(findings_or_pass(std::move(own)), *console));
  }
  return with_web_endpoint(std::move(verdicts), installation, &evaluate_split_cookies);
}

}  // namespace

extern constinit const Check split_origins{
    .id = "web-edge-split-origins",
    .title = "A split console trusts exactly the declared origins, over https",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes | Source::endpoint,
    .why = "A page of any trusted origin acts with the session of its visitor.",
    .remediation =
        "Set CARACAL_WEB_ORIGIN to the origins of split_origins and "
        "CARACAL_AUTH_COOKIE_SAME_SITE to none, with secure cookies.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_split_origins,
};
}  // namespace compliance::web_edge
