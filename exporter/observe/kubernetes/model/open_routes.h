// Routing objects as parse_objects keeps them: backends and Gateways are still to be found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/exposure.h"

namespace compliance::kubernetes {

struct UnresolvedBackend {
  std::string service{};
  std::string service_namespace{};  // empty: that of the routing object
};

// A host in lower case, empty for every one, with the TLS that the object itself states for it.
struct UnresolvedHost {
  std::string host{};
  Fact<std::string> tls{};
  Origin origin{};
};

// The Gateway that a route binds itself to, and what it wants of it.
struct UnresolvedParent {
  std::string gateway{};
  std::string gateway_namespace{};  // empty: that of the route
  std::string listener{};           // empty: any
  std::uint16_t port = 0;           // 0: any
  std::optional<Fault> fault{};     // bound to something that is no Gateway
};

// Hosts that share their backends: a rule of an Ingress, a whole HTTPRoute.
struct UnresolvedRoute {
  RouteKind kind = RouteKind::ingress;
  std::string object{};
  std::string object_namespace{};       // as stated
  std::vector<UnresolvedHost> hosts{};  // at least one
  std::vector<UnresolvedBackend> backends{};
  std::vector<UnresolvedParent> parents{};  // none: TLS is stated by the object itself
  std::vector<std::string> protocols{};     // of the listeners that take it; none: all
  Origin origin{};
};

// Which hosts a listener takes, of routes in which namespace.
struct ListenerHost {
  std::string host{};
  std::string from{};  // "*": every namespace, ".": that of the Gateway, else a name
};

struct UnresolvedListener {
  std::string name{};
  std::uint16_t port = 0;
  std::string protocol{};  // upper case
  bool tls = false;
  std::vector<ListenerHost> hosts{};
};

// A Gateway of the Gateway API or of Istio.
struct UnresolvedGateway {
  RouteKind kind = RouteKind::gateway_route;
  std::string name{};
  std::string object_namespace{};  // as stated
  std::vector<UnresolvedListener> listeners{};
};

}  // namespace compliance::kubernetes
