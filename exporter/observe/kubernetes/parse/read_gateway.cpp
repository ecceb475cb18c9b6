// Reads Gateways and routes of the Gateway API (gateway.networking.k8s.io).
#include "exporter/observe/kubernetes/parse/read_gateway.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "exporter/observe/kubernetes/model/route_hosts.h"

namespace compliance::kubernetes {
namespace {

// The protocols of the listeners that take routes of a kind ("Route summary table" of the Gateway
// API).
std::vector<std::string> protocols_of(std::string_view kind) {
  if (kind == "TLSRoute") {
    return {"TLS"};
  }
  if (kind == "TCPRoute") {
    return {"TCP", "TLS"};
  }
  if (kind == "UDPRoute") {
    return {"UDP"};
  }
  return {"HTTP", "HTTPS"};
}

// 0 stands for any port.
std::uint16_t optional_port(ManifestReader& reader, const Node& node) {
  return node.is_null() ? std::uint16_t{0} : reader.port(node, "port");
}

// TLS is decided by the protocol. Without allowedRoutes a listener takes routes of its own
// namespace, the API's default.
UnresolvedListener read_listener(ManifestReader& reader, const Node& node) {
  UnresolvedListener listener{.name = reader.text(node, "name"),
                              .port = optional_port(reader, node["port"]),
                              .protocol = reader.text(node, "protocol"),
                              .origin = reader.origin_of(node)};
  listener.tls = listener.protocol == "HTTPS" || listener.protocol == "TLS";
  const Node allowed = reader.mapping(reader.mapping(node, "allowedRoutes"), "namespaces");
  const std::string from = reader.text(allowed, "from");
  // A selector may admit any namespace: its labels are not looked at.
  listener.hosts.push_back({.host = normal_host(reader.text(node, "hostname")),
                            .from = from.empty() || from == "Same" ? "." : "*"});
  return listener;
}

// True for the group of the Gateway API, which is the default in references to parents.
bool is_gateway_group(std::string_view group) {
  return group.empty() || group == "gateway.networking.k8s.io";
}

// One entry of parentRefs. Nothing for a parent that is a Service: such a route is for traffic
// within a mesh.
std::optional<UnresolvedParent> read_parent(ManifestReader& reader, const Node& node) {
  const std::string kind = reader.text(node, "kind");
  if (kind == "Service") {
    return std::nullopt;
  }
  UnresolvedParent parent{.gateway = reader.text(node, "name"),
                          .gateway_namespace = reader.text(node, "namespace"),
                          .listener = reader.text(node, "sectionName"),
                          .port = optional_port(reader, node["port"])};
  if ((!kind.empty() && kind != "Gateway") || !is_gateway_group(reader.text(node, "group"))) {
    parent.fault = Fault{.reason = UnknownReason::not_observable,
                         .message = "the route is bound to an object that is no Gateway"};
  }
  return parent;
}

// Adds the Service of a reference; other kinds lead elsewhere.
void add_backend_ref(ManifestReader& reader, const Node& backend, UnresolvedRoute& route) {
  const std::string kind = reader.text(backend, "kind");
  if (kind.empty() || kind == "Service") {
    route.backends.push_back({.service = reader.text(backend, "name"),
                              .service_namespace = reader.text(backend, "namespace")});
  }
}

// Adds the Services to which the filters of a rule or of a backend mirror requests.
void add_mirrors(ManifestReader& reader, const Node& holder, UnresolvedRoute& route) {
  const Node filters = reader.list(holder, "filters");
  for (std::size_t index = 0; index < filters.size(); ++index) {
    const Node mirror = reader.mapping(filters.at(index), "requestMirror");
    if (const Node backend = reader.mapping(mirror, "backendRef")) {
      add_backend_ref(reader, backend, route);
    }
  }
}

// Adds the Services that a rule sends requests to, or copies of them.
void add_backends(ManifestReader& reader, const Node& rule, UnresolvedRoute& route) {
  const Node backends = reader.list(rule, "backendRefs");
  for (std::size_t index = 0; index < backends.size(); ++index) {
    add_backend_ref(reader, backends.at(index), route);
    add_mirrors(reader, backends.at(index), route);
  }
  add_mirrors(reader, rule, route);
}

// A route without hostnames takes every host of its listeners. TCPRoute and UDPRoute have none at
// all.
void add_hosts(ManifestReader& reader, const Node& spec, UnresolvedRoute& route) {
  const Node hosts = reader.list(spec, "hostnames");
  for (std::size_t index = 0; index < hosts.size(); ++index) {
    route.hosts.push_back(
        {.host = normal_host(hosts.at(index).text()), .origin = reader.origin_of(hosts.at(index))});
  }
  if (route.hosts.empty()) {
    route.hosts.push_back({.origin = route.origin});
  }
}

}  // namespace

UnresolvedGateway read_gateway(ManifestReader& reader, const Node& object,
                               const Metadata& metadata) {
  UnresolvedGateway gateway{.kind = RouteKind::gateway_route,
                            .name = metadata.name,
                            .object_namespace = metadata.object_namespace};
  const Node listeners = reader.list(reader.mapping(object, "spec"), "listeners");
  for (std::size_t index = 0; index < listeners.size(); ++index) {
    gateway.listeners.push_back(read_listener(reader, listeners.at(index)));
  }
  return gateway;
}

std::vector<UnresolvedRoute> read_gateway_route(ManifestReader& reader, const Node& object,
                                                const Metadata& metadata) {
  const Node spec = reader.mapping(object, "spec");
  UnresolvedRoute route{.kind = RouteKind::gateway_route,
                        .object = metadata.kind + " " + metadata.name,
                        .object_namespace = metadata.object_namespace,
                        .protocols = protocols_of(metadata.kind),
                        .origin = metadata.origin};
  const Node parents = reader.list(spec, "parentRefs");
  for (std::size_t index = 0; index < parents.size(); ++index) {
    if (auto parent = read_parent(reader, parents.at(index))) {
      route.parents.push_back(*std::move(parent));
    }
  }
  if (route.parents.empty()) {
    return {};
  }
  // One route for all rules: its rules share their hosts, and paths do not matter here.
  add_hosts(reader, spec, route);
  const Node rules = reader.list(spec, "rules");
  for (std::size_t index = 0; index < rules.size(); ++index) {
    add_backends(reader, rules.at(index), route);
  }
  return {std::move(route)};
}

}  // namespace compliance::kubernetes
