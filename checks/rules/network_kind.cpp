// The kind of a network of a Compose project, as far as the files tell.
#include "checks/rules/network_kind.h"

#include <algorithm>

namespace compliance {
namespace {

// Networks that every engine has, by the name that it knows them by.
NetworkKind kind_of_engine_network(std::string_view name) {
  if (name == "host") {
    return NetworkKind::host;
  }
  if (name == "bridge" || name == "default") {
    return NetworkKind::shared_bridge;
  }
  return name == "none" ? NetworkKind::none : NetworkKind::unseen;
}

// An unstated driver is the engine's default, bridge.
NetworkKind kind_of_driver(std::string_view driver) {
  if (driver.empty() || driver == "bridge" || driver == "default") {
    return NetworkKind::project_bridge;
  }
  if (driver == "none" || driver == "null") {
    return NetworkKind::none;
  }
  return driver == "host" ? NetworkKind::host : NetworkKind::other_driver;
}

}  // namespace

std::string_view words_against(NetworkKind kind) {
  switch (kind) {
    case NetworkKind::project_bridge:
    case NetworkKind::none:
      return {};
    case NetworkKind::host:
      return "has the host's network: every port that it opens is open there";
    case NetworkKind::shared_bridge:
      return "joins the engine's own bridge, which other projects share";
    case NetworkKind::other_driver:
      return "joins a network whose driver is no bridge";
    case NetworkKind::unseen:
      return "joins a network of somebody else: its driver and members are not in the files";
  }
  return {};
}

const ComposeNetwork* find_network(const Installation& installation, const std::string& key) {
  const auto found =
      std::find_if(installation.compose.networks.begin(), installation.compose.networks.end(),
                   [&key](const ComposeNetwork& network) { return network.key == key; });
  return found == installation.compose.networks.end() ? nullptr : &*found;
}

Fact<NetworkKind> network_kind(const Installation& installation, const std::string& key) {
  const ComposeNetwork* network = find_network(installation, key);
  // Services may name the implicit `default` without a definition.
  if (network == nullptr) {
    return {.value = NetworkKind::project_bridge};
  }
  if (network->external.fault) {
    return {.origin = network->external.origin, .fault = network->external.fault};
  }
  // Only the engine's own networks are known by name; of others the files show nothing.
  if (network->external.is(true)) {
    const std::string& name = network->engine_name.empty() ? key : network->engine_name;
    return {.value = kind_of_engine_network(name), .origin = network->external.origin};
  }
  if (network->driver.fault) {
    return {.origin = network->driver.origin, .fault = network->driver.fault};
  }
  return {.value = kind_of_driver(network->driver.value.value_or("")),
          .origin = network->driver.origin};
}

std::optional<Fact<NetworkKind>> network_kind(const NamespaceMode& space) {
  // pid, ipc and the like are no networks; another service's network is evaluated at that service.
  if (space.kind != "network" || space.mode.starts_with("service:")) {
    return std::nullopt;
  }
  if (space.fault) {
    return Fact<NetworkKind>{.origin = space.origin, .fault = space.fault};
  }
  return Fact<NetworkKind>{.value = kind_of_engine_network(space.mode), .origin = space.origin};
}

}  // namespace compliance
