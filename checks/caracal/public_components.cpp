// The components that are meant to be reached from outside.
#include "checks/caracal/public_components.h"

#include <algorithm>
#include <cctype>

namespace compliance {

bool is_public(const Installation& installation, Component component) {
  const auto& declared = installation.public_components;
  return std::find(declared.begin(), declared.end(), component) != declared.end();
}

bool may_be_exposed(const Installation& installation, Component component) {
  return component == Component::edge || is_public(installation, component);
}

std::string shown_host(const Route& route) {
  if (route.host.empty()) {
    return "every host";
  }
  // A scanned text might be anything, so only what can be a name is repeated.
  const bool plain = std::all_of(route.host.begin(), route.host.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '*';
  });
  return plain ? "host " + route.host : "a host that is no name";
}

}  // namespace compliance
