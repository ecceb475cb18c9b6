// Pods open no port on their node.
#include <utility>

#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance::containers {
namespace {

// hostPort 0 means none.
Verdicts evaluate_host_ports(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const DeclaredPort& port : container.declared_ports) {
    const Fact<std::int64_t>& host_port = port.host_port;
    if (host_port.fault) {
      verdicts.push_back(unknown(*host_port.fault, host_port.origin));
    } else if (host_port.value.value_or(0) != 0) {
      verdicts.push_back(with_expected_observed(fail("opens a port on its node", host_port.origin),
                                                "no hostPort", std::to_string(*host_port.value)));
    }
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check host_ports{
    .id = "containers-host-ports",
    .title = "Pods open no port on their node",
    .area = Area::containers,
    .severity = Severity::high,
    .evidence = Source::kubernetes,
    .why =
        "A host port is reachable on the node's address, bypassing Services, Ingress and often "
        "NetworkPolicy.",
    .remediation = "Remove hostPort from the container's ports and use a Service.",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOnEach<Container>{&evaluate_host_ports},
};

}  // namespace compliance::containers
