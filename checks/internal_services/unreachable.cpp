// The configured ports of internal services do not answer, asked from where the exporter runs. An
// open port that nobody recognises is unknown, not a failure.
#include "checks/caracal/public_components.h"
#include "checks/rules/endpoint_rule.h"

namespace compliance::internal_services {
namespace {

constexpr auto expected_on_port = "no answer, or a component that is declared public";

// IPv6 in brackets, so that the port stays readable.
std::string shown(const ExposedPort& port) {
  const bool bare = port.address.find(':') != std::string::npos && port.address.front() != '[';
  return (bare ? "[" + port.address + "]" : port.address) + ":" + std::to_string(port.port);
}

// For messages and the observed value.
std::string describe(const PortAnswer& answer) {
  switch (answer.peer) {
    case PeerKind::caracal:
      return answer.component ? "Caracal's " + std::string{name_of(*answer.component)}
                              : "a service of Caracal";
    case PeerKind::redis:
      return "Redis";
    case PeerKind::postgres:
      return "Postgres";
    case PeerKind::unrecognized:
      return "an unrecognised peer";
  }
  return "";
}

// A refused or silent port is what is wanted. A firewall that drops packets looks silent.
Verdict port_verdict(const ExposedPort& port, const Installation& installation) {
  const Origin& origin = port.answer.origin;
  if (!port.answer.value) {
    return unanswered(port.answer);
  }
  const PortAnswer& answer = *port.answer.value;
  if (answer.state != PortState::open ||
      (answer.component && is_public(installation, *answer.component))) {
    return pass();
  }
  if (answer.peer == PeerKind::unrecognized) {
    return with_expected_observed(
        unknown(UnknownReason::unexpected_response,
                shown(port) + " is open, and what listens there is not recognised", origin),
        expected_on_port, describe(answer));
  }
  return with_expected_observed(fail(describe(answer) + " answers at " + shown(port), origin),
                                expected_on_port, describe(answer));
}

// To whom the finding belongs; the installation where the answer does not tell.
Component component_of(const ExposedPort& port) {
  const PortAnswer answer = port.answer.value.value_or(PortAnswer{});
  if (answer.peer == PeerKind::redis) {
    return Component::redis;
  }
  return answer.peer == PeerKind::postgres ? Component::postgres
                                           : answer.component.value_or(Component::installation);
}

// The object of each finding is the address and port, which are configured and may be shown.
Verdicts evaluate_unreachable(const Installation& installation, const Policy& /*policy*/) {
  if (installation.probed.exposed_ports.empty()) {
    return {unknown(UnknownReason::not_configured,
                    "no addresses and ports that must not answer are configured", Origin{})};
  }
  Verdicts verdicts;
  for (const ExposedPort& port : installation.probed.exposed_ports) {
    verdicts.push_back(
        attributed_to(port_verdict(port, installation), component_of(port), shown(port)));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check unreachable{
    .id = "internal-services-unreachable",
    .title = "Ports of internal services do not answer from outside",
    .area = Area::internal_services,
    .severity = Severity::critical,
    .evidence = Source::endpoint,
    .why = "Anyone who can reach an internal service can attack it directly, bypassing the edge.",
    .remediation =
        "Publish the port on loopback only, make the Service ClusterIP or block it with a "
        "firewall; "
        "declare components that are meant to be public in public_components.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_unreachable,
};
}  // namespace compliance::internal_services
