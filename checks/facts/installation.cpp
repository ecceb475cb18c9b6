// Finding things in an installation. Each search is one pass over its list.
#include "checks/facts/installation.h"

#include <algorithm>

namespace compliance {

std::vector<const Container*> main_containers_of(const Installation& installation,
                                                 Component component) {
  std::vector<const Container*> found;
  for (const Container& container : installation.containers()) {
    if (container.component == component && container.role == ContainerRole::main) {
      found.push_back(&container);
    }
  }
  return found;
}

const SecretFile* find_secret_file(const Installation& installation,
                                   std::string_view logical_name) {
  for (const SecretFile& file : installation.secrets.files) {
    if (file.logical_name == logical_name) {
      return &file;
    }
  }
  return nullptr;
}

const Endpoint* endpoint_of(const Installation& installation, Component component) {
  const auto found = std::find_if(
      installation.probed.endpoints.begin(), installation.probed.endpoints.end(),
      [component](const Endpoint& endpoint) { return endpoint.component == component; });
  return found == installation.probed.endpoints.end() ? nullptr : &*found;
}

const NameResolution* resolution_of(const Installation& installation, std::string_view name) {
  const auto found =
      std::find_if(installation.probed.names.begin(), installation.probed.names.end(),
                   [name](const NameResolution& resolution) { return resolution.name == name; });
  return found == installation.probed.names.end() ? nullptr : &*found;
}

}  // namespace compliance
