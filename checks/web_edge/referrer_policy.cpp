// The console's addresses do not reach other sites.
#include "checks/check.h"
#include "checks/subject/document_headers.h"
#include "checks/subject/web_rule.h"

namespace compliance::web_edge {
namespace {

Verdicts judge(const HttpAnswer& page, const Origin& origin) {
  std::string policy = referrer_policy(page);
  if (policy == "no-referrer") {
    return {pass({}, origin)};
  }
  return {comparing(fail("the effective Referrer-Policy is not no-referrer", origin), "no-referrer",
                    policy.empty() ? "no valid value" : std::move(policy))};
}

Verdicts evaluate(const Installation& installation, const Policy& /*policy*/) {
  return on_web_page(installation, &judge);
}

}  // namespace

extern constinit const Check referrer_policy{
    .id = "web-edge-referrer-policy",
    .title = "The console sends Referrer-Policy no-referrer",
    .area = Area::web_edge,
    .severity = Severity::medium,
    .evidence = Evidence::endpoint,
    .why = "The addresses that an operator visits tell other sites what is managed here.",
    .remediation = "Let the edge pass the console's own Referrer-Policy through and add none.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::web_edge
