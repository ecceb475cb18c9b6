// Services join only bridge networks of their own project, or none. The packaged stack has one,
// `caracalData` (FACTS.md 1.1).
#include "checks/check.h"
#include "checks/rules/network_kind.h"

namespace compliance::internal_services {
namespace {

// An external network may well be a bridge, but its members are not in the files.
Verdict network_verdict(const Fact<NetworkKind>& kind) {
  if (kind.fault) {
    return unknown(*kind.fault, kind.origin);
  }
  const std::string message{words_against(*kind.value)};
  if (kind.is(NetworkKind::unseen)) {
    return unknown(UnknownReason::not_observable, message, kind.origin);
  }
  return message.empty()
             ? pass()
             : with_expected_observed(fail(message, kind.origin),
                                      "a bridge of the project, or none", "another network");
}

// network_mode and networks exclude each other in Compose, so both lists simply count.
Verdicts network_verdicts(const Installation& installation, const Container& container) {
  Verdicts verdicts;
  for (const NamespaceMode& space : container.namespaces) {
    if (const auto kind = network_kind(space)) {
      verdicts.push_back(network_verdict(*kind));
    }
  }
  for (const std::string& network : container.networks) {
    verdicts.push_back(network_verdict(network_kind(installation, network)));
  }
  return findings_or_pass(std::move(verdicts));
}

Verdicts evaluate_bridge_network(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container& container : installation.containers()) {
    if (container.platform == Platform::compose) {
      append(verdicts, attributed_to(network_verdicts(installation, container), container));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check bridge_network{
    .id = "internal-services-bridge-network",
    .title = "Services join only bridge networks of their own project",
    .area = Area::internal_services,
    .severity = Severity::medium,
    .evidence = Source::compose,
    .why =
        "On other networks the services are exposed to machines and containers outside the "
        "project.",
    .remediation = "Remove network_mode and join a network of the project with driver bridge.",
    .reference = "https://docs.docker.com/compose/how-tos/networking/",
    .rule = &evaluate_bridge_network,
};
}  // namespace compliance::internal_services
