// How data stores and Services are exposed beyond their project or cluster.
#include "checks/internal_services/shared/service_exposure.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "checks/rules/port_exposure.h"

namespace compliance {
namespace {

// Ports that Compose publishes on the host.
void add_published(const Container& store, Verdicts& verdicts) {
  for (const PublishedPort& port : store.published_ports) {
    verdicts.push_back(loopback_verdict(port));
  }
}

// Ports that Kubernetes opens on the node; hostPort 0 means none.
void add_host_ports(const Container& store, Verdicts& verdicts) {
  for (const DeclaredPort& port : store.declared_ports) {
    if (port.host_port.fault) {
      verdicts.push_back(unknown(*port.host_port.fault, port.host_port.origin));
    } else if (port.host_port.value.value_or(0) != 0) {
      verdicts.push_back(
          with_expected_observed(fail("opens a port on its node", port.host_port.origin),
                                 "no hostPort", std::to_string(*port.host_port.value)));
    }
  }
}

// Both platforms: every port that the store listens on is open on its host.
void add_host_network(const Container& store, Verdicts& verdicts) {
  for (const NamespaceMode& space : store.namespaces) {
    if (space.kind == "network" && space.fault) {
      verdicts.push_back(unknown(*space.fault, space.origin));
    } else if (space.kind == "network" && space.mode == "host") {
      verdicts.push_back(with_expected_observed(fail("uses the network of its host", space.origin),
                                                "a network of its own", "that of the host"));
    }
  }
}

// LoadBalancer includes NodePort; an ExternalName is only an alias for another name.
void add_type(const ServiceObject& service, Verdicts& verdicts) {
  constexpr auto closed = std::to_array<std::string_view>({"", "ClusterIP", "ExternalName"});
  const std::string type = service.type.value.value_or("");
  if (service.type.fault) {
    verdicts.push_back(unknown(*service.type.fault, service.type.origin));
  } else if (type == "NodePort" || type == "LoadBalancer") {
    verdicts.push_back(
        with_expected_observed(fail("is exposed outside the cluster", service.type.origin),
                               "type ClusterIP", "type " + type));
  } else if (std::find(closed.begin(), closed.end(), type) == closed.end()) {
    verdicts.push_back(
        unknown(UnknownReason::unparsable, "Kubernetes has no such 'type'", service.type.origin));
  }
}

}  // namespace

Verdict loopback_verdict(const PublishedPort& port) {
  switch (reach_of(port)) {
    case PortReach::loopback:
      return pass();
    case PortReach::undecided:
      return unknown(*port.fault, port.origin);
    case PortReach::open:
      break;
  }
  return with_expected_observed(fail(words_for(port), port.origin), "not published, or on loopback",
                                port.host_address.empty() ? "every address" : port.host_address);
}

Verdicts open_gateway_verdicts(const Container& container) {
  Verdicts verdicts;
  for (const Fact<std::string>& mode : container.open_gateways) {
    verdicts.push_back(
        mode.fault ? unknown(*mode.fault, mode.origin)
                   : with_expected_observed(
                         fail("joins a network whose gateway mode opens every port", mode.origin),
                         "gateway mode nat", "gateway mode " + mode.value.value_or("")));
  }
  return verdicts;
}

Verdicts exposures_of(const Container& store) {
  Verdicts verdicts;
  add_published(store, verdicts);
  append(verdicts, open_gateway_verdicts(store));
  add_host_ports(store, verdicts);
  add_host_network(store, verdicts);
  return verdicts;
}

Verdicts exposures_of(const ServiceObject& service) {
  Verdicts verdicts;
  add_type(service, verdicts);
  // externalIPs need no cloud: every node forwards traffic for them.
  if (!service.external_ips.empty()) {
    verdicts.push_back(with_expected_observed(
        fail("is exposed on external addresses", service.external_ips.front().origin),
        "no externalIPs", std::to_string(service.external_ips.size()) + " externalIPs"));
  }
  if (service.load_balancer_ip.fault) {
    verdicts.push_back(unknown(*service.load_balancer_ip.fault, service.load_balancer_ip.origin));
  } else if (!service.load_balancer_ip.value.value_or("").empty()) {
    verdicts.push_back(with_expected_observed(
        fail("requests a load balancer address", service.load_balancer_ip.origin),
        "no loadBalancerIP", "a loadBalancerIP"));
  }
  return verdicts;
}

}  // namespace compliance
