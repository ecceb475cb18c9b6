// Whether services reach one another over https, or over plain http to internal hosts. Source:
// FACTS.md 2.3, 4.5.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>

#include "checks/caracal/settings.h"
#include "checks/check.h"
#include "checks/formats/ascii.h"
#include "checks/formats/host_class.h"
#include "checks/formats/loose_url.h"

namespace compliance::published_mode {
namespace {

// URLs by which one service calls another. Source: FACTS.md 4.5.
constexpr auto url_variables = std::to_array<std::string_view>(
    {"API_URL", "AUDIT_URL", "CARACAL_API_URL", "CARACAL_AUDIT_URL", "CARACAL_CONTROL_URL",
     "CARACAL_COORDINATOR_URL", "CARACAL_GATEWAY_URL", "CARACAL_STS_URL", "COORDINATOR_URL",
     "GATEWAY_URL", "STS_JWKS_URL", "STS_URL"});

// The forms of the product's own rule: other addresses of 127.0.0.0/8 are not among them.
bool gateway_accepts(std::string_view host) {
  return host == "127.0.0.1" || host == "::1" || is_single_label(host);
}

// What can be shown: no character that a password might have left behind.
bool is_plain_host(std::string_view host) {
  return std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_' || c == ':';
  });
}

// True for variables of service URLs. Issuers and the console's public origins are not.
bool is_service_url(std::string_view variable) {
  return std::find(url_variables.begin(), url_variables.end(), variable) != url_variables.end();
}

// What is wrong with the URL; nothing when it may be used. https always may; plain http may to an
// internal host: for the Gateway's STS_URL as the product itself demands it (loopback or a single
// label), for the others also internal names and private addresses.
std::optional<std::string> unsafe_service_url(Component component, std::string_view variable,
                                              std::string_view url) {
  const auto parts = url_shape_of(trimmed(url));
  if (!parts || parts->host.empty() || (parts->scheme != "http" && parts->scheme != "https")) {
    return "is not an absolute http or https URL";
  }
  if (parts->scheme == "https") {
    return std::nullopt;
  }
  if (component == Component::gateway && variable == "STS_URL") {
    return gateway_accepts(parts->host)
               ? std::nullopt
               : std::optional<std::string>{
                     "is plain http to a host that the Gateway rejects in published mode"};
  }
  return is_internal_host(parts->host)
             ? std::nullopt
             : std::optional<std::string>{"is plain http to a host that is not internal"};
}

// True for api and coordinator in Compose: the packaged file sets
// CARACAL_ALLOW_INSECURE_CONFIG_URLS there, for plain http between its containers.
bool may_allow_insecure_urls(const Container& container) {
  return container.platform == Platform::compose &&
         (container.component == Component::api || container.component == Component::coordinator);
}

// Scheme and host of a URL, as a verdict may show them: no credentials, path or query.
std::string shown_url(std::string_view url) {
  const auto parts = url_shape_of(trimmed(url));
  if (!parts || (parts->scheme != "http" && parts->scheme != "https") ||
      !is_plain_host(parts->host)) {
    return "another value";
  }
  return parts->scheme + "://" + parts->host;
}

constexpr auto insecure_urls_switch = "CARACAL_ALLOW_INSECURE_CONFIG_URLS";

// The value may hold credentials, so only scheme and host are shown.
Verdict url_verdict(const Container& container, std::string_view name) {
  const Fact<std::string> url = variable_text(container, name);
  if (url.fault) {
    return unknown(*url.fault, url.origin);
  }
  const auto wrong = unsafe_service_url(container.component, name, *url.value);
  return wrong ? with_expected_observed(fail(std::string{name} + " " + *wrong, url.origin),
                                        "https, or http to an internal host", shown_url(*url.value))
               : pass();
}

// Only the exact text true counts for the product (FACTS.md 2.2, T55).
Verdict switch_verdict(const Container& container) {
  const Fact<std::string> text = variable_text(container, insecure_urls_switch);
  if (may_allow_insecure_urls(container) || (text.value && !text.is("true"))) {
    return pass();
  }
  return text.fault ? unknown(*text.fault, text.origin)
                    : with_expected_observed(fail("plain http is allowed", text.origin), "not set",
                                             "true");
}

Verdicts evaluate_service_urls(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Variable& variable : container.environment.variables) {
    if (variable.name == insecure_urls_switch) {
      verdicts.push_back(switch_verdict(container));
    } else if (is_packaged(container.component) && is_service_url(variable.name) &&
               variable.value != "") {
      verdicts.push_back(url_verdict(container, variable.name));
    }
  }
  if (is_packaged(container.component) && unseen_variables(container)) {
    verdicts.push_back(unknown(*unseen_variables(container), container.origin));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check service_urls{
    .id = "published-mode-service-urls",
    .title = "Service URLs are https, or http to internal hosts",
    .area = Area::published_mode,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes,
    .why = "Plain http exposes tokens and keys to everyone on the network path.",
    .remediation = "Use https or an internal name; unset CARACAL_ALLOW_INSECURE_CONFIG_URLS.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_service_urls,
};

}  // namespace compliance::published_mode
