// Whether the API serves its documentation, which it does only in development mode, whatever
// API_ENABLE_DOCS says (FACTS.md 10, T38).
#include "checks/caracal/service_answer.h"
#include "checks/formats/redirect.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"

namespace compliance::published_mode {
namespace {

// Whether a redirect from /docs leads on into the documentation, as its start page does.
bool leads_to_documentation(const HttpAnswer& answer, const Endpoint& endpoint) {
  const WebUrl url = read_web_url(endpoint.url).url;
  for (const Redirect& redirect : redirects_of(answer)) {
    std::string_view path = redirect.path;
    for (const std::string_view lead : {"./", "/"}) {
      path.remove_prefix(path.substr(0, lead.size()) == lead ? lead.size() : 0);
    }
    const bool documentation = path == "docs" || path.substr(0, 5) == "docs/";
    if (documentation && stays_on(redirect, url)) {
      return true;
    }
  }
  return false;
}

// Only the API's own 404 passes: a proxy's says nothing about the API.
Verdict api_documentation_verdict(const Endpoint& endpoint) {
  const Fact<HttpAnswer>& answer = endpoint.service[ServiceRequest::documentation];
  if (!answer.value) {
    return unanswered(answer);
  }
  if (answer.value->status == 200 || leads_to_documentation(*answer.value, endpoint)) {
    return with_expected_observed(fail("serves its documentation at /docs", answer.origin),
                                  "status 404", status_in_words(*answer.value));
  }
  return is_unknown_route(*answer.value, "GET", "/docs")
             ? pass()
             : undecided(*answer.value, "/docs", answer.origin);
}

Verdicts evaluate_api_documentation(const Installation& installation, const Policy& /*policy*/) {
  const Endpoint* endpoint = asked_endpoint(installation, Component::api);
  return {endpoint == nullptr ? without_endpoint(Component::api)
                              : attributed_to(api_documentation_verdict(*endpoint), *endpoint)};
}

}  // namespace

extern constinit const Check api_documentation{
    .id = "published-mode-api-documentation",
    .title = "The API does not serve its documentation",
    .area = Area::published_mode,
    .severity = Severity::medium,
    .evidence = Source::endpoint,
    .why =
        "The API serves its documentation only in development mode, in which other protections are "
        "off too.",
    .remediation = "Run the API in published mode: CARACAL_MODE rc, stable or unset.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_api_documentation,
};
}  // namespace compliance::published_mode
