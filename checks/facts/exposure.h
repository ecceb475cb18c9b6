// Ways from outside to a Service of the release: Ingresses, Gateways, routes.
#pragma once

#include <cstdint>
#include <string>

#include "checks/facts/component.h"
#include "checks/facts/fact.h"

namespace compliance {

// Which kind of object routes. Their ways to state TLS differ (FACTS.md T33).
enum class RouteKind : std::uint8_t { ingress, gateway_route, openshift_route, istio, traefik };

// One host of a routing object and one component that it leads to.
struct Route {
  RouteKind kind = RouteKind::ingress;
  std::string object{};  // "Ingress caracal-web"
  std::string object_namespace{};
  std::string host{};  // lower case, maybe with a leading "*."; empty: every host
  std::string service{};
  std::string service_namespace{};
  Component component = Component::other;  // a Service of several components gives several routes
  // By which field or annotation TLS is stated, such as "spec.tls"; absent: not stated for this
  // host; a fault: what decides it (a Gateway) is not among the objects.
  Fact<std::string> tls{};
  // By what the host is served in clear as well, such as "listener http"; absent: by nothing that
  // is known, or only to redirect to https.
  Fact<std::string> clear{};
  Origin origin{};  // of the host, else of the object

  // One route for each host and component; two paths to the same component are one host.
  bool operator==(const Route&) const = default;
};

}  // namespace compliance
