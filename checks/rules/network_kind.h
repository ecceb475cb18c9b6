// The kind of a network of a Compose project, as far as the files tell.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/facts/installation.h"

namespace compliance {

// By who else is on the network. Only the first two keep others out.
enum class NetworkKind : std::uint8_t {
  project_bridge,  // made by the project, only its members reach each other
  none,            // no network at all
  host,            // the host's
  shared_bridge,   // the engine's own bridge, which containers of all projects share
  other_driver,    // macvlan, ipvlan and the like: addresses of the outer network
  unseen,          // made by somebody else: neither driver nor members are in the files
};

// The kind of the network that services know by `key`; the implicit `default` is a bridge. A fault
// when a variable without value decides.
Fact<NetworkKind> network_kind(const Installation& installation, const std::string& key);

// The kind that network_mode states; nothing for that of another service, which is evaluated there.
std::optional<Fact<NetworkKind>> network_kind(const NamespaceMode& space);

// What speaks against joining such a network, as the message of a verdict; empty for those that
// separate the project from others.
std::string_view words_against(NetworkKind kind);

// The definition of that key, or null.
const ComposeNetwork* find_network(const Installation& installation, const std::string& key);

}  // namespace compliance
