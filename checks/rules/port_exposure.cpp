// Who can reach the ports that a Compose service publishes.
#include "checks/rules/port_exposure.h"

#include <algorithm>

#include "checks/formats/host_class.h"

namespace compliance {
namespace {

template <class Belongs>
std::set<std::string> networks_of(const Installation& installation, const Belongs& belongs) {
  std::set<std::string> networks;
  for (const Container& container : installation.containers()) {
    if (belongs(container.component)) {
      networks.insert(container.networks.begin(), container.networks.end());
    }
  }
  return networks;
}

}  // namespace

bool is_data_store(Component component) {
  return component == Component::postgres || component == Component::redis;
}

PortReach reach_of(const PublishedPort& port) {
  // The address may be stated although a variable decides the port.
  if (is_loopback_host(port.host_address)) {
    return PortReach::loopback;
  }
  return port.fault ? PortReach::undecided : PortReach::open;
}

bool is_web_port(const PublishedPort& port) {
  return port.host_first == port.host_last && (port.host_first == 80 || port.host_first == 443) &&
         (port.protocol == "tcp" || port.protocol == "udp");
}

bool has_host_network(const Container& container) {
  return std::any_of(container.namespaces.begin(), container.namespaces.end(),
                     [](const NamespaceMode& space) {
                       return space.kind == "network" && space.mode == "host" && !space.fault;
                     });
}

std::string words_for(const PublishedPort& port) {
  std::string words = "publishes ";
  if (port.host_first == 0) {
    words += "container port " + std::to_string(port.container_first);
  } else if (port.host_first == port.host_last) {
    words += "port " + std::to_string(port.host_first);
  } else {
    words += "ports " + std::to_string(port.host_first) + " to " + std::to_string(port.host_last);
  }
  // Docker binds an unstated address to all of IPv4 and IPv6 (FACTS.md T28).
  const bool every =
      port.host_address.empty() || port.host_address == "0.0.0.0" || port.host_address == "::";
  return words + (every ? " on every address" : " on address " + port.host_address);
}

std::set<std::string> caracal_networks(const Installation& installation) {
  return networks_of(installation, &is_packaged);
}

// Stores elsewhere leave no network of theirs, so that of the services stands in.
std::set<std::string> data_networks(const Installation& installation) {
  std::set<std::string> networks = networks_of(installation, &is_data_store);
  return networks.empty() ? caracal_networks(installation) : networks;
}

bool joins_any(const Container& container, const std::set<std::string>& networks) {
  return std::any_of(container.networks.begin(), container.networks.end(),
                     [&networks](const std::string& name) { return networks.contains(name); });
}

bool is_member(const Container& container, const std::set<std::string>& networks) {
  return is_packaged(container.component) || container.component == Component::edge ||
         joins_any(container, networks);
}

}  // namespace compliance
