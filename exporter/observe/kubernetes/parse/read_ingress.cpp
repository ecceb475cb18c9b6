// Ingresses and OpenShift Routes.
#include "exporter/observe/kubernetes/parse/read_ingress.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "exporter/observe/kubernetes/model/route_hosts.h"
#include "exporter/observe/kubernetes/parse/ingress_annotations.h"

namespace compliance::kubernetes {
namespace {

// What an Ingress states about TLS: for some hosts, for all, or by an annotation.
class IngressTls {
 public:
  IngressTls(ManifestReader& reader, const Node& object, const Node& spec) {
    const Node entries = reader.list(spec, "tls");
    for (std::size_t index = 0; index < entries.size(); ++index) {
      const Node hosts = reader.list(entries.at(index), "hosts");
      every_host_ = every_host_ || hosts.size() == 0;
      for (std::size_t host = 0; host < hosts.size(); ++host) {
        hosts_.insert(normal_host(hosts.at(host).text()));
      }
    }
    const Annotations annotations = reader.texts(reader.mapping(object, "metadata"), "annotations");
    std::string class_name = reader.text(spec, "ingressClassName");
    const auto older = annotations.find("kubernetes.io/ingress.class");
    if (class_name.empty() && older != annotations.end()) {
      class_name = older->second;
    }
    annotated_ = tls_by_annotation(annotations, class_name, reader.origin_of(object));
  }

  // A certificate for a wildcard covers one label; a rule for every host needs an entry for all.
  Fact<std::string> of(const std::string& host) const {
    if (every_host_ || hosts_.contains(host) || hosts_.contains(wildcard_of(host))) {
      return {.value = "spec.tls", .origin = annotated_.origin};
    }
    return annotated_;
  }

 private:
  bool every_host_ = false;
  std::unordered_set<std::string> hosts_{};
  Fact<std::string> annotated_{};
};

void add_backend(ManifestReader& reader, const Node& backend, UnresolvedRoute& route) {
  const Node service = reader.mapping(backend, "service");
  std::string name = service ? reader.text(service, "name") : reader.text(backend, "serviceName");
  if (!name.empty()) {
    route.backends.push_back({.service = std::move(name)});
  }
}

UnresolvedRoute route_of(RouteKind kind, const Metadata& metadata) {
  return {.kind = kind,
          .object = metadata.kind + " " + metadata.name,
          .object_namespace = metadata.object_namespace,
          .origin = metadata.origin};
}

// A rule without paths sends everything to the default backend.
UnresolvedRoute read_rule(ManifestReader& reader, const Node& rule, const Node& default_backend,
                          UnresolvedRoute route) {
  const Node paths = reader.list(reader.mapping(rule, "http"), "paths");
  for (std::size_t index = 0; index < paths.size(); ++index) {
    add_backend(reader, reader.mapping(paths.at(index), "backend"), route);
  }
  if (paths.size() == 0) {
    add_backend(reader, default_backend, route);
  }
  const Node host = rule["host"];
  route.hosts.push_back({.host = normal_host(reader.text(rule, "host")),
                         .origin = reader.origin_of(host.is_null() ? rule : host)});
  return route;
}

}  // namespace

std::vector<UnresolvedRoute> read_ingress(ManifestReader& reader, const Node& object,
                                          const Metadata& metadata) {
  const Node spec = reader.mapping(object, "spec");
  const IngressTls tls{reader, object, spec};
  const Node newer = reader.mapping(spec, "defaultBackend");
  const Node default_backend = newer ? newer : reader.mapping(spec, "backend");
  std::vector<UnresolvedRoute> routes;
  const Node rules = reader.list(spec, "rules");
  for (std::size_t index = 0; index < rules.size(); ++index) {
    routes.push_back(read_rule(reader, rules.at(index), default_backend,
                               route_of(RouteKind::ingress, metadata)));
  }
  if (default_backend) {
    UnresolvedRoute route = route_of(RouteKind::ingress, metadata);
    add_backend(reader, default_backend, route);
    route.hosts.push_back({.origin = reader.origin_of(default_backend)});
    routes.push_back(std::move(route));
  }
  for (UnresolvedRoute& route : routes) {
    route.hosts.front().tls = tls.of(route.hosts.front().host);
  }
  return routes;
}

std::vector<UnresolvedRoute> read_openshift_route(ManifestReader& reader, const Node& object,
                                                  const Metadata& metadata) {
  const Node spec = reader.mapping(object, "spec");
  const std::string termination = reader.text(reader.mapping(spec, "tls"), "termination");
  UnresolvedHost host{.host = normal_host(reader.text(spec, "host")),
                      .tls = {.origin = metadata.origin},
                      .origin = spec["host"] ? reader.origin_of(spec["host"]) : metadata.origin};
  if (!termination.empty()) {
    host.tls.value = "spec.tls.termination";
  }
  UnresolvedRoute route = route_of(RouteKind::openshift_route, metadata);
  route.hosts.push_back(std::move(host));
  route.backends.push_back({.service = reader.text(reader.mapping(spec, "to"), "name")});
  const Node others = reader.list(spec, "alternateBackends");
  for (std::size_t index = 0; index < others.size(); ++index) {
    route.backends.push_back({.service = reader.text(others.at(index), "name")});
  }
  return {std::move(route)};
}

}  // namespace compliance::kubernetes
