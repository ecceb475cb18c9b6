// Ways by which data stores and Services are open to others than those beside them.
#include "checks/internal_services/shared/service_exposure.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "checks/rules/port_exposure.h"

namespace compliance {
namespace {

void add_published(const Container& store, Verdicts& verdicts) {
  for (const PublishedPort& port : store.published_ports) {
    verdicts.push_back(judge_on_loopback(port));
  }
}

void add_host_ports(const Container& store, Verdicts& verdicts) {
  for (const DeclaredPort& port : store.declared_ports) {
    if (port.host_port.fault) {
      verdicts.push_back(unknown(*port.host_port.fault, port.host_port.origin));
    } else if (port.host_port.value.value_or(0) != 0) {
      verdicts.push_back(with_expected_observed(
          fail("opens a port on the node that it runs on", port.host_port.origin), "no hostPort",
          std::to_string(*port.host_port.value)));
    }
  }
}

void add_host_network(const Container& store, Verdicts& verdicts) {
  for (const NamespaceMode& space : store.namespaces) {
    if (space.kind == "network" && space.fault) {
      verdicts.push_back(unknown(*space.fault, space.origin));
    } else if (space.kind == "network" && space.mode == "host") {
      verdicts.push_back(
          with_expected_observed(fail("is open on the network of its host", space.origin),
                                 "a network of its own", "that of the host"));
    }
  }
}

// NodePort is part of LoadBalancer; an ExternalName only gives another name to something else.
void add_type(const ServiceObject& service, Verdicts& verdicts) {
  constexpr auto closed = std::to_array<std::string_view>({"", "ClusterIP", "ExternalName"});
  const std::string type = service.type.value.value_or("");
  if (service.type.fault) {
    verdicts.push_back(unknown(*service.type.fault, service.type.origin));
  } else if (type == "NodePort" || type == "LoadBalancer") {
    verdicts.push_back(
        with_expected_observed(fail("is open to others than the cluster", service.type.origin),
                               "type ClusterIP", "type " + type));
  } else if (std::find(closed.begin(), closed.end(), type) == closed.end()) {
    verdicts.push_back(unknown(UnknownReason::unparsable, "'type' is none that Kubernetes knows",
                               service.type.origin));
  }
}

}  // namespace

Verdict judge_on_loopback(const PublishedPort& port) {
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

Verdicts exposures_of(const Container& store) {
  Verdicts verdicts;
  add_published(store, verdicts);
  add_host_ports(store, verdicts);
  add_host_network(store, verdicts);
  return verdicts;
}

Verdicts exposures_of(const ServiceObject& service) {
  Verdicts verdicts;
  add_type(service, verdicts);
  if (!service.external_ips.empty()) {
    verdicts.push_back(with_expected_observed(
        fail("answers on external addresses", service.external_ips.front().origin),
        "no externalIPs", std::to_string(service.external_ips.size()) + " externalIPs"));
  }
  if (service.load_balancer_ip.fault) {
    verdicts.push_back(unknown(*service.load_balancer_ip.fault, service.load_balancer_ip.origin));
  } else if (!service.load_balancer_ip.value.value_or("").empty()) {
    verdicts.push_back(with_expected_observed(
        fail("asks for the address of a load balancer", service.load_balancer_ip.origin),
        "no loadBalancerIP", "a loadBalancerIP"));
  }
  return verdicts;
}

}  // namespace compliance
