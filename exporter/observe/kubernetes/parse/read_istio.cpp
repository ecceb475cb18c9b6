// Reads Gateways and VirtualServices of Istio (networking.istio.io).
#include "exporter/observe/kubernetes/parse/read_istio.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

#include "checks/formats/ascii.h"
#include "exporter/observe/kubernetes/model/route_hosts.h"

namespace compliance::kubernetes {
namespace {

// Protocols for which Istio ignores the TLS settings of a server.
bool is_plain_http(std::string_view protocol) {
  constexpr auto plain = std::to_array<std::string_view>({"HTTP", "HTTP2", "GRPC", "GRPC-WEB"});
  return std::find(plain.begin(), plain.end(), protocol) != plain.end();
}

// "NAMESPACE/HOST"; a namespace in front says whose VirtualServices are taken.
ListenerHost read_server_host(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    return {.host = normal_host(text), .from = "*"};
  }
  return {.host = normal_host(text.substr(slash + 1)), .from = std::string{text.substr(0, slash)}};
}

// One entry of `servers`. Nothing for a server that only redirects to https.
std::optional<UnresolvedListener> read_server(ManifestReader& reader, const Node& node) {
  const Node tls = reader.mapping(node, "tls");
  if (reader.flag(tls, "httpsRedirect")) {
    return std::nullopt;
  }
  const Node port = reader.mapping(node, "port");
  UnresolvedListener listener{.name = reader.text(port, "name"),
                              .protocol = upper_case(reader.text(port, "protocol")),
                              .origin = reader.origin_of(node)};
  listener.tls = tls.is_mapping() && !is_plain_http(listener.protocol);
  const Node hosts = reader.list(node, "hosts");
  for (std::size_t index = 0; index < hosts.size(); ++index) {
    listener.hosts.push_back(read_server_host(hosts.at(index).text()));
  }
  return listener;
}

// The Service of a destination: "caracal-web", "caracal-web.NAMESPACE" or the full name below svc.
// A short name is of the VirtualService's namespace.
UnresolvedBackend backend_of(std::string_view host) {
  const std::size_t dot = host.find('.');
  UnresolvedBackend backend{.service = std::string{host.substr(0, dot)}};
  if (dot != std::string_view::npos) {
    const std::string_view rest = host.substr(dot + 1);
    backend.service_namespace = rest.substr(0, rest.find('.'));
  }
  return backend;
}

// The Services of the destinations in a list of a rule, whatever their weight.
void add_destinations(ManifestReader& reader, const Node& list, UnresolvedRoute& route) {
  for (std::size_t index = 0; index < list.size(); ++index) {
    const Node destination = reader.mapping(list.at(index), "destination");
    route.backends.push_back(backend_of(reader.text(destination, "host")));
  }
}

// Where a rule sends requests, and copies of them: `mirror` is the older form of `mirrors`.
void add_targets(ManifestReader& reader, const Node& rules, UnresolvedRoute& route) {
  for (std::size_t index = 0; index < rules.size(); ++index) {
    const Node rule = rules.at(index);
    add_destinations(reader, reader.list(rule, "route"), route);
    add_destinations(reader, reader.list(rule, "mirrors"), route);
    if (const Node mirror = reader.mapping(rule, "mirror")) {
      route.backends.push_back(backend_of(reader.text(mirror, "host")));
    }
  }
}

// True for a rule that redirects to https whatever came in clear: without conditions but on the
// port 80 or the scheme http.
bool redirects_all_clear(ManifestReader& reader, const Node& rule) {
  const Node matches = reader.list(rule, "match");
  bool all = matches.size() > 0;
  for (std::size_t index = 0; index < matches.size(); ++index) {
    const Node match = matches.at(index);
    const bool clear =
        document::as_integer(match["port"]) == 80 || match["scheme"]["exact"].text() == "http";
    all = all && match.size() == 1 && clear;
  }
  return all && reader.text(reader.mapping(rule, "redirect"), "scheme") == "https";
}

// "GATEWAY" of the own namespace or "NAMESPACE/GATEWAY".
UnresolvedParent parent_of(std::string_view name) {
  const std::size_t slash = name.find('/');
  return slash == std::string_view::npos
             ? UnresolvedParent{.gateway = std::string{name}}
             : UnresolvedParent{.gateway = std::string{name.substr(slash + 1)},
                                .gateway_namespace = std::string{name.substr(0, slash)}};
}

}  // namespace

UnresolvedGateway read_istio_gateway(ManifestReader& reader, const Node& object,
                                     const Metadata& metadata) {
  UnresolvedGateway gateway{.kind = RouteKind::istio,
                            .name = metadata.name,
                            .object_namespace = metadata.object_namespace};
  const Node servers = reader.list(reader.mapping(object, "spec"), "servers");
  for (std::size_t index = 0; index < servers.size(); ++index) {
    if (auto listener = read_server(reader, servers.at(index))) {
      gateway.listeners.push_back(*std::move(listener));
    }
  }
  return gateway;
}

std::vector<UnresolvedRoute> read_virtual_service(ManifestReader& reader, const Node& object,
                                                  const Metadata& metadata) {
  const Node spec = reader.mapping(object, "spec");
  UnresolvedRoute route{.kind = RouteKind::istio,
                        .object = metadata.kind + " " + metadata.name,
                        .object_namespace = metadata.object_namespace,
                        .origin = metadata.origin};
  const Node gateways = reader.list(spec, "gateways");
  for (std::size_t index = 0; index < gateways.size(); ++index) {
    // "mesh" is Istio's name for all sidecars. It is also the default where no Gateway is named.
    if (gateways.at(index).text() != "mesh") {
      route.parents.push_back(parent_of(gateways.at(index).text()));
    }
  }
  if (route.parents.empty()) {
    return {};
  }
  const Node hosts = reader.list(spec, "hosts");
  for (std::size_t index = 0; index < hosts.size(); ++index) {
    route.hosts.push_back(
        {.host = normal_host(hosts.at(index).text()), .origin = reader.origin_of(hosts.at(index))});
  }
  // The three lists of rules of a VirtualService; all of them lead to Services of the same shape.
  for (const char* const kind : {"http", "tls", "tcp"}) {
    add_targets(reader, reader.list(spec, kind), route);
  }
  // The first rule that matches decides.
  route.redirects_clear = redirects_all_clear(reader, reader.list(spec, "http").at(0));
  return {std::move(route)};
}

}  // namespace compliance::kubernetes
