// The networks of a project, and what they decide about the ports of their members.
#include "exporter/observe/compose/services/networks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "checks/formats/host_class.h"
#include "exporter/observe/compose/services/facts.h"

namespace compliance::compose {
namespace {

// A boolean, or in older files a mapping that only external networks have.
Fact<bool> external_fact(const Value& network, const Origin& absent) {
  const Value* external = network.find("external");
  if (external == nullptr || external->is_null()) {
    return {.origin = absent};
  }
  Fact<bool> fact{.origin = external->origin, .fault = unset_fault(*external)};
  if (!fact.fault) {
    fact.value = external->is_mapping() || boolean_of(external->text).value_or(false);
  }
  return fact;
}

// The name that the engine knows the network by; older files state that of an external one below
// `external`. Empty when none is stated or a variable without value takes part: the engine then
// uses the project's name and the key.
std::string engine_name(const Value& network) {
  const Value* older = value_at(network, {"external", "name"});
  const Value* name = older == nullptr ? network.find("name") : older;
  return name != nullptr && name->unset.empty() ? name->text : std::string{};
}

// Options of the bridge driver (Docker's documentation, bridge network driver).
constexpr const char* host_binding_option = "com.docker.network.bridge.host_binding_ipv4";
constexpr auto gateway_options = std::to_array<const char*>(
    {"com.docker.network.bridge.gateway_mode_ipv4", "com.docker.network.bridge.gateway_mode_ipv6"});

Fact<std::string> host_binding(const Value& network, const Origin& absent) {
  return text_fact(value_at(network, {"driver_opts", host_binding_option}), absent);
}

// The modes that make every port of a member reachable; a variable without value may be one.
std::vector<Fact<std::string>> open_gateways(const Value& network) {
  std::vector<Fact<std::string>> modes;
  for (const char* option : gateway_options) {
    Fact<std::string> mode = text_fact(value_at(network, {"driver_opts", option}), {});
    if (mode.fault || mode.is("routed") || mode.is("nat-unprotected")) {
      modes.push_back(std::move(mode));
    }
  }
  return modes;
}

// A bridge of the project, whose options are those of the bridge driver.
bool is_project_bridge(const ComposeNetwork& network) {
  const std::string driver = network.driver.value.value_or("bridge");
  return !network.external.is(true) && !network.external.fault && !network.driver.fault &&
         (driver == "bridge" || driver == "default");
}

// `networks` by key, as read_project_networks() gives them; null when there is none of that name.
const ComposeNetwork* network_named(const std::vector<ComposeNetwork>& networks,
                                    const std::string& name) {
  const auto found = std::lower_bound(
      networks.begin(), networks.end(), name,
      [](const ComposeNetwork& network, const std::string& key) { return network.key < key; });
  return found == networks.end() || found->key != name ? nullptr : &*found;
}

// The bridges of the project that the container joins; nothing when it joins another network too.
std::optional<std::vector<const ComposeNetwork*>> bridges_of(
    const Container& container, const std::vector<ComposeNetwork>& networks) {
  std::vector<const ComposeNetwork*> bridges;
  for (const std::string& name : container.networks) {
    const ComposeNetwork* network = network_named(networks, name);
    if (network == nullptr || !is_project_bridge(*network)) {
      return std::nullopt;
    }
    bridges.push_back(network);
  }
  return bridges;
}

// The address that every bridge gives, or one that is not loopback, which decides; absent when one
// of them gives none.
Fact<std::string> common_binding(const std::vector<const ComposeNetwork*>& bridges) {
  Fact<std::string> common;
  for (const ComposeNetwork* bridge : bridges) {
    const Fact<std::string>& binding = bridge->host_binding;
    if (binding.absent()) {
      return {};
    }
    const bool decides = binding.value && !is_loopback_host(*binding.value);
    if (common.absent() || decides || (common.value && binding.fault)) {
      common = binding;
    }
    if (decides) {
      break;
    }
  }
  return common;
}

}  // namespace

std::vector<ComposeNetwork> read_project_networks(const Value& model) {
  std::vector<ComposeNetwork> networks;
  const Value* section = model.find("networks");
  for (std::size_t index = 0; section != nullptr && index < section->keys.size(); ++index) {
    const Key& key = section->keys[index];
    const Value& network = section->items[index];
    networks.push_back({.key = key.name,
                        .engine_name = engine_name(network),
                        .driver = text_fact(network.find("driver"), key.origin),
                        .external = external_fact(network, key.origin),
                        .host_binding = host_binding(network, key.origin),
                        .open_gateways = open_gateways(network),
                        .origin = key.origin});
  }
  std::sort(networks.begin(), networks.end(),
            [](const auto& left, const auto& right) { return left.key < right.key; });
  return networks;
}

void apply_networks(Container& container, const std::vector<ComposeNetwork>& networks) {
  // By key, whatever the order in the service.
  for (const std::string& name :
       std::set<std::string>{container.networks.begin(), container.networks.end()}) {
    const ComposeNetwork* network = network_named(networks, name);
    if (network != nullptr && is_project_bridge(*network)) {
      container.open_gateways.insert(container.open_gateways.end(), network->open_gateways.begin(),
                                     network->open_gateways.end());
    }
  }
  const auto bridges = bridges_of(container, networks);
  const Fact<std::string> binding = bridges ? common_binding(*bridges) : Fact<std::string>{};
  if (binding.absent()) {
    return;
  }
  for (PublishedPort& port : container.published_ports) {
    if (!port.host_address.empty() || port.fault) {
      continue;
    }
    port.fault = binding.fault;
    port.host_address = binding.value.value_or("");
  }
}

}  // namespace compliance::compose
