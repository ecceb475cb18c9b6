// The words that labels, reports and the command line use for the enumerators.
#include <array>
#include <utility>

#include "checks/check.h"
#include "checks/formats/secret_properties.h"

namespace compliance {
namespace {

// The position in `names` is the enumerator's value.
template <class Enum, std::size_t Count>
std::string_view name_in(const std::array<std::string_view, Count>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

template <class Enum, std::size_t Count>
std::optional<Enum> named_in(const std::array<std::string_view, Count>& names,
                             std::string_view name) {
  for (std::size_t index = 0; index < Count; ++index) {
    if (names.at(index) == name) {
      return static_cast<Enum>(index);
    }
  }
  return std::nullopt;
}

// These names are a contract: dashboards and alerts match them. A new enumerator needs its name at
// the same position; at() throws for one that has none.
constexpr auto reason_names = std::to_array<std::string_view>(
    {"not_configured", "unreadable", "permission_denied", "unparsable", "limit_exceeded",
     "missing_object", "unresolved_reference", "dns_failure", "unreachable", "timeout",
     "tls_failure", "protocol_error", "unexpected_response", "not_observable", "pending", "stale",
     "internal_error"});

constexpr auto component_names = std::to_array<std::string_view>(
    {"web", "api", "sts", "gateway", "audit", "coordinator", "postgres", "redis", "migrate",
     "auth-migrate", "replay-init", "edge", "other", "installation"});

constexpr auto severity_names =
    std::to_array<std::string_view>({"low", "medium", "high", "critical"});

constexpr auto outcome_names =
    std::to_array<std::string_view>({"pass", "fail", "unknown", "not_applicable"});

constexpr auto area_names = std::to_array<std::string_view>(
    {"published-mode", "external-tls", "internal-services", "secrets", "containers",
     "network-policy", "gateway-upstreams", "runtime-cli", "web-edge", "signing-keys",
     "kubernetes-controls", "metrics-access", "token-issuer", "exporter-posture"});

constexpr auto pattern_names = std::to_array<std::string_view>(
    {"none", "all bytes zero", "one repeated byte", "ascending bytes", "descending bytes",
     "two alternating bytes", "printable text in hex"});

}  // namespace

std::string_view name_of(UnknownReason reason) { return name_in(reason_names, reason); }
std::string_view name_of(Component component) { return name_in(component_names, component); }
std::string_view name_of(Severity severity) { return name_in(severity_names, severity); }
std::string_view name_of(Outcome outcome) { return name_in(outcome_names, outcome); }
std::string_view name_of(Area area) { return name_in(area_names, area); }
std::string_view name_of(KeyPattern pattern) { return name_in(pattern_names, pattern); }

std::optional<Component> component_named(std::string_view name) {
  return named_in<Component>(component_names, name);
}

std::optional<Severity> severity_named(std::string_view name) {
  return named_in<Severity>(severity_names, name);
}

}  // namespace compliance
