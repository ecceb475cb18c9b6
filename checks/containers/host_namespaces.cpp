// Containers use no namespace of the host or of another component. Containers of one pod share a
// network by design and are not meant.
#include <cstdint>
#include <utility>

#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance::containers {
namespace {

enum class NamespaceOwner : std::uint8_t {
  own,        // its own, or that of a service of the same component
  host,       // the host's
  foreign,    // that of a container outside the project or of another component
  undecided,  // that of a service that the files do not have
};

// Whose namespace this mode makes the container use. For uts, user and cgroup only the host's
// counts, and only in Compose: Kubernetes pods share the host's users unless they say otherwise.
NamespaceOwner owner_of(const Container& container, const NamespaceMode& space) {
  const bool joinable = space.kind == "network" || space.kind == "pid" || space.kind == "ipc";
  if (space.mode == "host") {
    return joinable || container.platform == Platform::compose ? NamespaceOwner::host
                                                               : NamespaceOwner::own;
  }
  if (joinable && space.mode.starts_with("container:")) {
    return NamespaceOwner::foreign;
  }
  if (joinable && space.mode.starts_with("service:")) {
    if (!space.service_component) {
      return NamespaceOwner::undecided;
    }
    return *space.service_component == container.component ? NamespaceOwner::own
                                                           : NamespaceOwner::foreign;
  }
  return NamespaceOwner::own;
}

// Joining a service that does not exist is a mistake of the file, not an exposure.
Verdict namespace_verdict(const Container& container, const NamespaceMode& space) {
  if (space.fault) {
    return unknown(*space.fault, space.origin);
  }
  const NamespaceOwner owner = owner_of(container, space);
  if (owner == NamespaceOwner::own) {
    return pass();
  }
  if (owner == NamespaceOwner::undecided) {
    return unknown(UnknownReason::missing_object,
                   "the service whose " + space.kind + " namespace it joins does not exist",
                   space.origin);
  }
  const std::string whose = owner == NamespaceOwner::host ? "the host" : "another component";
  return with_expected_observed(
      fail("shares the " + space.kind + " namespace of " + whose, space.origin),
      "a namespace of its own", "that of " + whose);
}

// A `host` in a probe makes the kubelet contact any address from the node's network. Pod Security
// baseline forbids it.
Verdicts evaluate_host_namespaces(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const NamespaceMode& space : container.namespaces) {
    verdicts.push_back(namespace_verdict(container, space));
  }
  for (const Located<std::string>& host : container.handler_hosts) {
    if (!host.value.empty()) {
      verdicts.push_back(with_expected_observed(
          fail("a probe or lifecycle handler names a host that the node then contacts",
               host.origin),
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
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "In the host's namespaces a container can reach loopback ports, processes and shared "
        "memory of the host; a host in a probe makes the node send requests.",
    .remediation =
        "Remove network_mode, pid, ipc, uts, userns_mode, cgroup; hostNetwork, hostPID, hostIPC.",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOnEach<Container>{&evaluate_host_namespaces},
};

}  // namespace compliance::containers
