// What makes a URL unfit as the console's public origin.
#include "checks/web_edge/shared/public_origin.h"

#include <string_view>

#include "checks/caracal/web_console.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/web_edge/shared/console_answer.h"

namespace compliance {
namespace {

// The chart's default host, kept for documentation by RFC 2606.
bool is_example(std::string_view host) {
  constexpr std::string_view domain = "example.com";
  constexpr std::string_view below = ".example.com";
  host = without_final_dot(host);
  return host == domain ||
         (host.size() > below.size() && host.substr(host.size() - below.size()) == below);
}

bool differs_from_endpoint(const WebUrl& url, const Installation& installation) {
  const Endpoint* endpoint = endpoint_of(installation, Component::web);
  return endpoint != nullptr && origin_of(read_web_url(endpoint->url).url) != origin_of(url);
}

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

}  // namespace

std::vector<std::string> public_origin_faults(const WebUrlReading& reading,
                                              const Installation& installation) {
  if (!reading.sound()) {
    return {std::string{words_for(reading.fault)}};
  }
  std::vector<std::string> faults;
  add_shape_faults(reading.url, faults);
  if (is_local_host(reading.url)) {
    faults.emplace_back("names this machine, not a public host");
  }
  if (installation.stage == DeploymentStage::production && is_example(reading.url.host)) {
    faults.emplace_back("is the example host of the packaged files");
  }
  if (differs_from_endpoint(reading.url, installation)) {
    faults.emplace_back("is another origin than the configured web endpoint");
  }
  return faults;
}

Verdicts judge_public_origin(const Container& console, const Installation& installation) {
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

Verdict judge_own_origin_trust(const Endpoint& endpoint) {
  const Fact<HttpAnswer>& own = endpoint.web.answers[ConsoleRequest::own_write];
  if (!own.value) {
    return unanswered(own);
  }
  if (is_session_refusal(*own.value)) {
    // A path in CARACAL_AUTH_URL leaves origins as they are, and moves all of /api/auth.
    const Fact<HttpAnswer>& ok = endpoint.web.answers[ConsoleRequest::auth_ok];
    const bool moved = ok.value && ok.value->status == 404 && is_from_console(*ok.value);
    return moved ? unexpected("GET /api/auth/ok", ok, endpoint) : pass({}, own.origin);
  }
  if (is_cross_site_refusal(*own.value)) {
    return with_expected_observed(
        fail("the console takes its endpoint's origin for a foreign one", own.origin),
        "CARACAL_AUTH_URL of the endpoint's origin", "another origin");
  }
  return unexpected("a write to the console API with its own origin", own, endpoint);
}

}  // namespace compliance
