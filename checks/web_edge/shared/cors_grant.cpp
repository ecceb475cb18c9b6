// Which responses the console lets pages of another origin read.
#include "checks/web_edge/shared/cors_grant.h"

#include <algorithm>

#include "checks/formats/header_list.h"
#include "checks/formats/web_url.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"

namespace compliance {
namespace {

// Values are case-sensitive, as browsers compare them.
bool has_value(const HttpAnswer& answer, std::string_view name, std::string_view value) {
  const auto values = list_values(answer, name);
  return std::find(values.begin(), values.end(), value) != values.end();
}

// Empty for no grant.
std::string_view describe(CorsGrant grant) {
  switch (grant) {
    case CorsGrant::none:
      return {};
    case CorsGrant::everybody_with_credentials:
      return "* with credentials";
    case CorsGrant::origin:
      return "the origin that asked";
    case CorsGrant::origin_with_credentials:
      return "the origin that asked, with credentials";
  }
  return {};
}

}  // namespace

CorsGrant grant_of(const HttpAnswer& answer, std::string_view origin) {
  const bool credentials = has_value(answer, "access-control-allow-credentials", "true");
  if (has_value(answer, "access-control-allow-origin", origin)) {
    return credentials ? CorsGrant::origin_with_credentials : CorsGrant::origin;
  }
  return credentials && has_value(answer, "access-control-allow-origin", "*")
             ? CorsGrant::everybody_with_credentials
             : CorsGrant::none;
}

Verdict grant_verdict(const OriginAnswer& asked, const Endpoint& endpoint) {
  if (!asked.answer.value) {
    return unanswered(asked.answer);
  }
  const HttpAnswer& answer = *asked.answer.value;
  const std::string_view granted = describe(grant_of(answer, asked.origin));
  if (!granted.empty()) {
    return with_expected_observed(
        fail("pages of the origin " + asked.origin + " can read responses", asked.answer.origin),
        "no Access-Control-Allow-Origin", std::string{granted});
  }
  // A server error may lack the headers that a good answer would have.
  if (is_refusal(answer, endpoint) || (is_from_console(answer) && answer.status < 500)) {
    return pass({}, asked.answer.origin);
  }
  return unexpected("GET /api/console/status", asked.answer, endpoint);
}

Verdict development_grant_verdict(const Endpoint& endpoint) {
  if (origin_of(read_web_url(endpoint.url).url) == development_origin) {
    return not_applicable();
  }
  const auto& grants = endpoint.web.grants;
  const auto asked = std::find_if(grants.begin(), grants.end(), [](const OriginAnswer& grant) {
    return grant.origin == development_origin;
  });
  return asked == grants.end() ? unanswered(Fact<HttpAnswer>{}) : grant_verdict(*asked, endpoint);
}

}  // namespace compliance
