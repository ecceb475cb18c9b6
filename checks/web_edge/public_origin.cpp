// Whether the console's public URL is the origin by which browsers reach it. The settings say it,
// and the console's answer to a write with that Origin shows it.
#include <string>
#include <string_view>
#include <vector>

#include "checks/caracal/web_console.h"
#include "checks/check.h"
#include "checks/formats/web_url.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"
#include "checks/web_edge/shared/web_rule.h"

namespace compliance::web_edge {
namespace {

// The chart's default host, reserved for documentation by RFC 2606.
bool is_example(std::string_view host) {
  constexpr std::string_view domain = "example.com";
  constexpr std::string_view below = ".example.com";
  host = without_final_dot(host);
  return host == domain ||
         (host.size() > below.size() && host.substr(host.size() - below.size()) == below);
}

// False without a configured endpoint, which leaves nothing to compare.
bool differs_from_endpoint(const WebUrl& url, const Installation& installation) {
  const Endpoint* endpoint = endpoint_of(installation, Component::web);
  return endpoint != nullptr && origin_of(read_web_url(endpoint->url).url) != origin_of(url);
}

// Each to be read after the variable's name.
void add_shape_faults(const WebUrl& url, std::vector<std::string>& faults) {
  if (url.has_userinfo) {
    faults.emplace_back("has credentials");
  }
  if (url.has_path) {
    faults.emplace_back("has a path, which moves all of /api/auth");
  }
  if (url.has_query || url.has_fragment) {
    faults.emplace_back("has a query or a fragment");
  }
}

// All faults, each to be read after the variable's name. Empty for a sound origin that is not
// localhost, not example.com in production, and that of the configured web endpoint.
std::vector<std::string> public_origin_faults(const WebUrlReading& reading,
                                              const Installation& installation) {
  if (!reading.sound()) {
    return {std::string{words_for(reading.fault)}};
  }
  std::vector<std::string> faults;
  add_shape_faults(reading.url, faults);
  if (is_local_host(reading.url)) {
    faults.emplace_back("names the local machine, not a public host");
  }
  if (installation.stage == DeploymentStage::production && is_example(reading.url.host)) {
    faults.emplace_back("is the example host of the packaged files");
  }
  if (differs_from_endpoint(reading.url, installation)) {
    faults.emplace_back("is not the origin of the configured web endpoint");
  }
  return faults;
}

// Evaluates CARACAL_AUTH_URL of a console.
Verdicts evaluate_public_url(const Container& console, const Installation& installation) {
  const Fact<StatedUrl> url = public_url(console);
  if (url.fault) {
    return {unknown(*url.fault, url.origin)};
  }
  if (!url.value) {
    return {with_expected_observed(fail("CARACAL_AUTH_URL is not set", url.origin),
                                   "the public origin", "not set")};
  }
  if (needs_idna(*url.value)) {
    return {unknown(UnknownReason::unparsable,
                    "CARACAL_AUTH_URL " + std::string{words_for(url.value->reading.fault)},
                    url.origin)};
  }
  Verdicts verdicts;
  for (const std::string& fault : public_origin_faults(url.value->reading, installation)) {
    verdicts.push_back(with_expected_observed(fail("CARACAL_AUTH_URL " + fault, url.origin),
                                              "the origin that browsers use", url.value->shown));
  }
  return verdicts.empty() ? Verdicts{pass()} : verdicts;
}

// Whether the console takes the origin of its endpoint for its own, which a write with that Origin
// shows. Unknown where something else answered.
Verdict own_origin_verdict(const Endpoint& endpoint) {
  const Fact<HttpAnswer>& own = endpoint.web.answers[ConsoleRequest::own_write];
  if (!own.value) {
    return unanswered(own);
  }
  if (is_session_refusal(*own.value)) {
    // A path in CARACAL_AUTH_URL does not change the origin, but moves all of /api/auth.
    const Fact<HttpAnswer>& ok = endpoint.web.answers[ConsoleRequest::auth_ok];
    const bool moved = ok.value && ok.value->status == 404 && is_from_console(*ok.value);
    return moved ? unexpected("GET /api/auth/ok", ok, endpoint) : pass({}, own.origin);
  }
  if (is_cross_site_refusal(*own.value)) {
    return with_expected_observed(
        fail("the console treats its endpoint's origin as foreign", own.origin),
        "CARACAL_AUTH_URL of the endpoint's origin", "another origin");
  }
  return unexpected("a write to the console API with its own origin", own, endpoint);
}

// Where the settings were seen, an endpoint that decides nothing adds nothing.
Verdicts public_origin_verdict(const Endpoint& endpoint, bool settings_seen) {
  Verdict verdict = own_origin_verdict(endpoint);
  return settings_seen && verdict.outcome == Outcome::unknown ? Verdicts{}
                                                              : Verdicts{std::move(verdict)};
}

Verdicts evaluate_public_origin(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container* console : web_consoles(installation)) {
    append(verdicts, attributed_to(evaluate_public_url(*console, installation), *console));
  }
  // The settings say more than the endpoint, which may be asked through a proxy.
  const bool settings_seen = !verdicts.empty();
  return with_web_endpoint(std::move(verdicts), installation,
                           [settings_seen](const Endpoint& endpoint) {
                             return public_origin_verdict(endpoint, settings_seen);
                           });
}

}  // namespace

extern constinit const Check public_origin{
    .id = "web-edge-public-origin",
    .title = "The console's public URL is the origin that browsers use",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes | Source::endpoint,
    .why =
        "Trusted origins, cookies and redirects are derived from this URL: a wrong one trusts the "
        "wrong site or breaks sign-in.",
    .remediation =
        "Set CARACAL_AUTH_URL (packaged Compose: CARACAL_WEB_URL) to scheme and host alone.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_public_origin,
};

}  // namespace compliance::web_edge
