// Public components that are reached from outside without an Ingress or route.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/facts/installation.h"

namespace compliance {

struct DirectExposure {
  Component component = Component::web;
  std::string object{};
  std::string words{};           // how it is open, for a verdict
  std::optional<Fault> fault{};  // whether it is open cannot be said
  Origin origin{};
};

// Services of public components or an edge with type NodePort or LoadBalancer or with external
// addresses, and Compose ports on other addresses than loopback: of public components all, of an
// edge those that take 443.
std::vector<DirectExposure> direct_exposures(const Installation& installation);

// True when every container of the gateway has TLS_CERT_FILE and TLS_KEY_FILE; false for other
// components, which cannot end TLS.
Fact<bool> has_tls_files(const Installation& installation, Component component);

}  // namespace compliance
