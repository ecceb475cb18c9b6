// Containers keep to namespaces of their own.
#include <utility>

#include "checks/check.h"
#include "checks/containers/shared/namespaces.h"

namespace compliance::containers {
namespace {

Verdict host_namespaces_verdict(const Container& container, const NamespaceMode& space) {
  if (space.fault) {
    return unknown(*space.fault, space.origin);
  }
  const NamespaceOwner owner = owner_of(container, space);
  if (owner == NamespaceOwner::own) {
    return pass();
  }
  if (owner == NamespaceOwner::undecided) {
    return unknown(UnknownReason::missing_object,
                   "the service whose " + space.kind + " namespace it joins is not there",
                   space.origin);
  }
  const std::string whose = owner == NamespaceOwner::host ? "the host" : "another component";
  return with_expected_observed(
      fail("shares the " + space.kind + " namespace of " + whose, space.origin),
      "a namespace of its own", "that of " + whose);
}

Verdicts evaluate_host_namespaces(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const NamespaceMode& space : container.namespaces) {
    verdicts.push_back(host_namespaces_verdict(container, space));
  }
  for (const Located<std::string>& host : container.handler_hosts) {
    if (!host.value.empty()) {
      verdicts.push_back(with_expected_observed(
          fail("a probe or lifecycle handler names a host, which the node contacts", host.origin),
          "no host", "a host"));
    }
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check host_namespaces{
    .id = "containers-host-namespaces",
    .title = "Containers share no namespace with the host or with other components",
    .area = Area::containers,
    .severity = Severity::critical,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why =
        "In the host's namespaces a container reaches loopback ports, processes and shared "
        "memory of the machine; a host in a probe makes the node send requests.",
    .remediation =
        "Remove network_mode, pid, ipc, uts, userns_mode; hostNetwork, hostPID, hostIPC.",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOnEach<Container>{&evaluate_host_namespaces},
};

}  // namespace compliance::containers
