// URLs by which the services of an installation reach one another.
#include "checks/published_mode/shared/service_url.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "checks/formats/ascii.h"
#include "checks/formats/host_class.h"
#include "checks/formats/secret_properties.h"

namespace compliance {
namespace {

constexpr auto variables = std::to_array<std::string_view>(
    {"API_URL", "AUDIT_URL", "CARACAL_API_URL", "CARACAL_AUDIT_URL", "CARACAL_CONTROL_URL",
     "CARACAL_COORDINATOR_URL", "CARACAL_GATEWAY_URL", "CARACAL_STS_URL", "COORDINATOR_URL",
     "GATEWAY_URL", "STS_JWKS_URL", "STS_URL"});

// The forms of the product's own rule: other addresses of 127.0.0.0/8 are not among them.
bool gateway_accepts(std::string_view host) {
  return host == "127.0.0.1" || host == "::1" || is_single_label(host);
}

bool is_plain_host(std::string_view host) {
  return std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_' || c == ':';
  });
}

}  // namespace

bool is_service_url(std::string_view variable) {
  return std::find(variables.begin(), variables.end(), variable) != variables.end();
}

std::optional<std::string> unsafe_service_url(Component component, std::string_view variable,
                                              std::string_view url) {
  const auto parts = shape_of(trimmed(url)).url;
  if (!parts || parts->host.empty() || (parts->scheme != "http" && parts->scheme != "https")) {
    return "is no absolute http or https URL";
  }
  if (parts->scheme == "https") {
    return std::nullopt;
  }
  if (component == Component::gateway && variable == "STS_URL") {
    return gateway_accepts(parts->host)
               ? std::nullopt
               : std::optional<std::string>{
                     "is plain http to a host that the Gateway refuses in published mode"};
  }
  return is_internal_host(parts->host)
             ? std::nullopt
             : std::optional<std::string>{"is plain http to a host that is not internal"};
}

bool may_allow_insecure_urls(const Container& container) {
  return container.platform == Platform::compose &&
         (container.component == Component::api || container.component == Component::coordinator);
}

std::string shown_url(std::string_view url) {
  const auto parts = shape_of(trimmed(url)).url;
  if (!parts || (parts->scheme != "http" && parts->scheme != "https") ||
      !is_plain_host(parts->host)) {
    return "another value";
  }
  return parts->scheme + "://" + parts->host;
}

}  // namespace compliance
