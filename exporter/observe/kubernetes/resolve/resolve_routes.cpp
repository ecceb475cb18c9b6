// Finds the routes of all files that lead to Services of the release.
#include "exporter/observe/kubernetes/resolve/resolve_routes.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "exporter/observe/kubernetes/model/route_hosts.h"
#include "exporter/observe/kubernetes/resolve/store_index.h"

namespace compliance::kubernetes {
namespace {

// Comparisons of a route's hosts with a listener's, and routes that are made, before a hostile file
// is cut short. Both are far above a real cluster.
constexpr std::size_t max_comparisons = 2'000'000;
constexpr std::size_t max_routes = 200'000;

Fault missing(std::string message) {
  return {.reason = UnknownReason::missing_object, .message = std::move(message)};
}

Fault too_many() {
  return {.reason = UnknownReason::limit_exceeded,
          .message = "the routes and Gateways have too many hosts together"};
}

// What the listeners say of one host: a fault wins, since nothing is certain then; TLS on one
// listener is TLS of the host.
void merge_tls(Fact<std::string>& known, Fact<std::string> more) {
  if (!known.fault && (more.fault || more.value)) {
    known = std::move(more);
  }
}

// Collects the hosts of one route that its Gateways take, with the TLS that they state.
class GatewayHosts {
 public:
  // The same host on two listeners is one: TLS on one of them is TLS of the host, and what one
  // serves in clear is served in clear.
  void add(UnresolvedHost more) {
    const auto [found, fresh] = hosts_.try_emplace(more.host);
    UnresolvedHost& known = found->second;
    if (fresh) {
      known = std::move(more);
      return;
    }
    merge_tls(known.tls, std::move(more.tls));
    if (known.clear.absent()) {
      known.clear = std::move(more.clear);
    }
  }

  // Notes that nothing is certain of any host: each host of the route is there with the fault. Once
  // is enough.
  void add_fault(const UnresolvedRoute& route, const Fault& fault) {
    if (faulty_) {
      return;
    }
    for (const UnresolvedHost& host : route.hosts) {
      add({.host = host.host,
           .tls = {.origin = route.origin, .fault = fault},
           .origin = host.origin});
    }
    faulty_ = true;
  }

  bool empty() const { return hosts_.empty(); }

  std::vector<UnresolvedHost> take() {
    std::vector<UnresolvedHost> hosts;
    for (auto& [host, open] : hosts_) {
      hosts.push_back(std::move(open));
    }
    return hosts;
  }

 private:
  std::map<std::string, UnresolvedHost> hosts_{};
  bool faulty_ = false;
};

// Whether the listener takes the route as bound to it: by protocol, name and port.
bool takes(const UnresolvedListener& listener, const UnresolvedParent& parent,
           const UnresolvedRoute& route) {
  const bool protocol =
      route.protocols.empty() || std::find(route.protocols.begin(), route.protocols.end(),
                                           listener.protocol) != route.protocols.end();
  return protocol && (parent.listener.empty() || parent.listener == listener.name) &&
         (parent.port == 0 || parent.port == listener.port);
}

// Resolves route after route against the Services of the release and all Gateways.
class RouteResolver {
 public:
  RouteResolver(const std::vector<const Objects*>& files,
                const std::vector<ServiceObject>& services, const std::string& default_namespace)
      : default_namespace_(default_namespace) {
    for (const ServiceObject& service : services) {
      services_.emplace(index_key(service.object_namespace, service.name), &service);
    }
    for (const Objects* file : files) {
      for (const UnresolvedGateway& gateway : file->content().gateways) {
        gateways_[gateway_key(gateway.kind, namespace_of(gateway.object_namespace), gateway.name)] =
            &gateway;
      }
    }
  }

  void add(const UnresolvedRoute& route) {
    const std::vector<const ServiceObject*> targets = targets_of(route);
    if (targets.empty()) {
      return;
    }
    for (const UnresolvedHost& host :
         route.parents.empty() ? route.hosts : hosts_by_gateways(route)) {
      if (routes_.size() > max_routes) {
        return;
      }
      for (const ServiceObject* target : targets) {
        add_routes(route, host, *target);
      }
    }
  }

  std::vector<Route> take() { return std::move(routes_); }

 private:
  const std::string& namespace_of(const std::string& stated) const {
    return stated.empty() ? default_namespace_ : stated;
  }

  // Both APIs have a kind Gateway, and their names may be equal.
  static std::string gateway_key(RouteKind kind, const std::string& ns, const std::string& name) {
    return (kind == RouteKind::istio ? "istio/" : "gateway/") + index_key(ns, name);
  }

  // The Services of the release behind the route, each once.
  std::vector<const ServiceObject*> targets_of(const UnresolvedRoute& route) const {
    std::vector<const ServiceObject*> targets;
    for (const UnresolvedBackend& backend : route.backends) {
      const std::string& stated =
          backend.service_namespace.empty() ? route.object_namespace : backend.service_namespace;
      const auto found = services_.find(index_key(namespace_of(stated), backend.service));
      if (found != services_.end() &&
          std::find(targets.begin(), targets.end(), found->second) == targets.end()) {
        targets.push_back(found->second);
      }
    }
    return targets;
  }

  // The hosts that the route has on its Gateways. A Gateway that is not among the files leaves the
  // TLS of every host undecided.
  std::vector<UnresolvedHost> hosts_by_gateways(const UnresolvedRoute& route) {
    GatewayHosts hosts;
    for (const UnresolvedParent& parent : route.parents) {
      const std::string& stated =
          parent.gateway_namespace.empty() ? route.object_namespace : parent.gateway_namespace;
      const std::string& ns = namespace_of(stated);
      const auto found = gateways_.find(gateway_key(route.kind, ns, parent.gateway));
      if (parent.fault) {
        hosts.add_fault(route, *parent.fault);
      } else if (found == gateways_.end()) {
        hosts.add_fault(route, missing("Gateway " + parent.gateway + " is not among the objects"));
      } else {
        add_listeners(route, parent, *found->second, hosts);
      }
    }
    if (hosts.empty()) {
      hosts.add_fault(route, missing("no listener of its Gateway takes the route"));
    }
    return hosts.take();
  }

  void add_listeners(const UnresolvedRoute& route, const UnresolvedParent& parent,
                     const UnresolvedGateway& gateway, GatewayHosts& hosts) {
    for (const UnresolvedListener& listener : gateway.listeners) {
      // Counted before the work, so that one huge pair cannot run first.
      comparisons_ += 1 + listener.hosts.size() * route.hosts.size();
      if (comparisons_ > max_comparisons) {
        hosts.add_fault(route, too_many());
        return;
      }
      if (takes(listener, parent, route)) {
        add_listener(route, listener, namespace_of(gateway.object_namespace), hosts);
      }
    }
  }

  // Adds what the route has in common with the hosts that the listener takes of its namespace.
  void add_listener(const UnresolvedRoute& route, const UnresolvedListener& listener,
                    const std::string& gateway_namespace, GatewayHosts& hosts) const {
    const std::string& own = namespace_of(route.object_namespace);
    for (const ListenerHost& host : listener.hosts) {
      // "." is the namespace of the Gateway, "*" every one.
      const std::string& from = host.from == "." ? gateway_namespace : host.from;
      if (from == "*" || from == own) {
        add_common_hosts(route, listener, host.host, hosts);
      }
    }
  }

  // Adds what the route's hosts and the listener's host have in common.
  static void add_common_hosts(const UnresolvedRoute& route, const UnresolvedListener& listener,
                               const std::string& taken, GatewayHosts& hosts) {
    for (const UnresolvedHost& host : route.hosts) {
      const auto common = common_host(host.host, taken);
      if (!common) {
        continue;
      }
      UnresolvedHost served{.host = *common, .tls = {.origin = host.origin}, .origin = host.origin};
      if (listener.tls) {
        served.tls.value = "listener of its Gateway";
      } else if (!route.redirects_clear) {
        served.clear = {.value = "a listener of its Gateway without TLS",
                        .origin = listener.origin};
      }
      hosts.add(std::move(served));
    }
  }

  // A route for each component that the target leads to.
  void add_routes(const UnresolvedRoute& open, const UnresolvedHost& host,
                  const ServiceObject& target) {
    for (const Component component : target.leads_to) {
      add_route(open, host, target, component);
    }
  }

  void add_route(const UnresolvedRoute& open, const UnresolvedHost& host,
                 const ServiceObject& target, Component component) {
    const std::string& ns = namespace_of(open.object_namespace);
    // Several rules of one object often differ in their paths alone.
    const std::string key = index_key(ns, open.object) + '\n' + host.host + '\n' +
                            index_key(target.object_namespace, target.name) + '\n' +
                            std::string{name_of(component)};
    if (routes_.size() > max_routes || !known_.insert(key).second) {
      return;
    }
    Route& route = routes_.emplace_back(Route{.kind = open.kind,
                                              .object = open.object,
                                              .object_namespace = ns,
                                              .host = host.host,
                                              .service = target.name,
                                              .service_namespace = target.object_namespace,
                                              .component = component,
                                              .tls = host.tls,
                                              .clear = host.clear,
                                              .origin = host.origin});
    if (routes_.size() > max_routes) {
      route.tls = {.origin = host.origin, .fault = too_many()};
    }
  }

  const std::string& default_namespace_;
  std::unordered_map<std::string, const ServiceObject*> services_{};
  std::unordered_map<std::string, const UnresolvedGateway*> gateways_{};
  std::unordered_set<std::string> known_{};
  std::vector<Route> routes_{};
  std::size_t comparisons_ = 0;
};

}  // namespace

std::vector<Route> resolve_routes(const std::vector<const Objects*>& files,
                                  const std::vector<ServiceObject>& services,
                                  const Selection& selection) {
  RouteResolver resolver{files, services, selection.default_namespace};
  for (const Objects* file : files) {
    for (const UnresolvedRoute& route : file->content().routes) {
      if (selection.covers(route.object_namespace)) {
        resolver.add(route);
      }
    }
  }
  return resolver.take();
}

}  // namespace compliance::kubernetes
