// The components that are meant to be reached from outside.
#pragma once

#include <string>

#include "checks/facts/installation.h"

namespace compliance {

// True for the components that the configuration declares public. A public api, gateway or sts is
// the operator's decision (FACTS.md 1.3, T32).
bool is_public(const Installation& installation, Component component);

// True for public components and for an edge: routes and load balancers may lead to them.
bool may_be_exposed(const Installation& installation, Component component);

// The host of a route as a verdict may show it: "host a.example", or "every host"; words for a text
// that is no host name.
std::string shown_host(const Route& route);

}  // namespace compliance
