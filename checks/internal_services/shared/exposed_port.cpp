// Judges what answers on a port that must not answer.
#include "checks/internal_services/shared/exposed_port.h"

#include "checks/caracal/public_components.h"
#include "checks/rules/endpoint_rule.h"

namespace compliance {
namespace {

constexpr auto expected = "no answer, or a component that is declared public";

std::string shown(const ExposedPort& port) {
  const bool bare = port.address.find(':') != std::string::npos && port.address.front() != '[';
  return (bare ? "[" + port.address + "]" : port.address) + ":" + std::to_string(port.port);
}

std::string words_for(const PortAnswer& answer) {
  switch (answer.peer) {
    case PeerKind::caracal:
      return answer.component ? "Caracal's " + std::string{name_of(*answer.component)}
                              : "a service of Caracal";
    case PeerKind::redis:
      return "Redis";
    case PeerKind::postgres:
      return "Postgres";
    case PeerKind::unrecognized:
      return "a peer that is not recognised";
  }
  return "";
}

Verdict judge(const ExposedPort& port, const Installation& installation) {
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
        expected, words_for(answer));
  }
  return with_expected_observed(fail(words_for(answer) + " answers at " + shown(port), origin),
                                expected, words_for(answer));
}

Component component_of(const ExposedPort& port) {
  const PortAnswer answer = port.answer.value.value_or(PortAnswer{});
  if (answer.peer == PeerKind::redis) {
    return Component::redis;
  }
  return answer.peer == PeerKind::postgres ? Component::postgres
                                           : answer.component.value_or(Component::installation);
}

}  // namespace

Verdict judge_exposed_port(const ExposedPort& port, const Installation& installation) {
  return attributed_to(judge(port, installation), component_of(port), shown(port));
}

}  // namespace compliance
