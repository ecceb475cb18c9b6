// Containers and files with keys, as the tests of the signing keys need them.
#pragma once

#include <string>
#include <vector>

#include "tests/support/facts.h"

namespace compliance::test {

// Thirty-two random bytes in hex, and others.
constexpr auto good_key = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
constexpr auto other_key = "4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce";
constexpr auto base64_key = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=";

// Points VARIABLE_FILE at a Compose secret that is mounted under the name `target`.
inline void mount_key(Container& container, const std::string& variable, const std::string& secret,
                      const std::string& target) {
  set_variable(container, variable + "_FILE", "/run/secrets/" + target);
  container.mounts.push_back({.kind = MountKind::compose_secret,
                              .source = secret,
                              .target = "/run/secrets/" + target,
                              .read_only = true});
}

// A Compose service that reads the variable from the Compose secret of that name.
inline Container service_with_key(Component component, const std::string& variable,
                                  const std::string& secret) {
  Container container = hardened_service(component);
  mount_key(container, variable, secret, secret);
  return container;
}

inline std::vector<Container> services_with_key(const std::vector<Component>& components,
                                                const std::string& variable,
                                                const std::string& secret) {
  std::vector<Container> containers;
  containers.reserve(components.size());
  for (const Component component : components) {
    containers.push_back(service_with_key(component, variable, secret));
  }
  return containers;
}

// A Compose installation in which these components read the key from `secret`, and S holds it.
inline Installation installation_with_key(const std::vector<Component>& components,
                                          const std::string& variable, const std::string& secret,
                                          const std::string& content) {
  Installation installation = compose_installation(services_with_key(components, variable, secret));
  add_secret_file(installation, secret, content);
  return installation;
}

// An installation of which only the secret files are configured.
inline Installation only_secret_files() {
  Installation installation = compose_installation({});
  installation.configured = Source::secrets;
  return installation;
}

}  // namespace compliance::test
