// Reads ServiceMonitors and PodMonitors of the Prometheus operator.
#include "exporter/observe/kubernetes/parse/read_monitor.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "exporter/observe/kubernetes/parse/label_selector.h"

namespace compliance::kubernetes {
namespace {

// Where Caracal's services answer with metrics (FACTS.md 9); an endpoint without a path means the
// first.
bool is_metrics_path(std::string_view path) {
  constexpr auto paths =
      std::to_array<std::string_view>({"", "/metrics", "/metrics.json", "/stats"});
  return std::find(paths.begin(), paths.end(), path) != paths.end();
}

// A selector of a Secret's key that is not filled in, as older operators write it, is none.
bool names_key(ManifestReader& reader, const Node& parent, const char* field) {
  const Node secret = reader.mapping(parent, field);
  return !reader.text(secret, "name").empty() && !reader.text(secret, "key").empty();
}

// The credential that an endpoint sends with each scrape. Whether it is the right one cannot be
// seen.
ScrapeCredential credential_of(ManifestReader& reader, const Node& endpoint) {
  if (names_key(reader, endpoint, "bearerTokenSecret") ||
      !reader.text(endpoint, "bearerTokenFile").empty()) {
    return ScrapeCredential::bearer;
  }
  const Node authorization = reader.mapping(endpoint, "authorization");
  if (names_key(reader, authorization, "credentials") ||
      !reader.text(authorization, "credentialsFile").empty()) {
    // Sent as written, and compared as written: another case is another scheme (FACTS.md 9).
    const std::string type = reader.text(authorization, "type");
    return type.empty() || type == "Bearer" ? ScrapeCredential::bearer
                                            : ScrapeCredential::other_scheme;
  }
  if (reader.mapping(endpoint, "basicAuth")) {
    return ScrapeCredential::basic;
  }
  return reader.mapping(endpoint, "oauth2") ? ScrapeCredential::oauth2 : ScrapeCredential::none;
}

// `port` is the name of a Service's port in a ServiceMonitor and of a container's in a PodMonitor;
// targetPort and portNumber are always the container's.
UnresolvedEndpoint read_endpoint(ManifestReader& reader, const Node& node, bool of_pods) {
  UnresolvedEndpoint endpoint{.origin = reader.origin_of(node)};
  (of_pods ? endpoint.container_port : endpoint.service_port) = reader.text(node, "port");
  const Node target = node["targetPort"];
  const Node number = stated(node["portNumber"], target);
  if (document::as_integer(number)) {
    endpoint.container_number = reader.port(number, "targetPort");
  } else if (endpoint.container_port.empty()) {
    endpoint.container_port = reader.text(node, "targetPort");
  }
  endpoint.credential = credential_of(reader, node);
  return endpoint;
}

}  // namespace

UnresolvedMonitor read_monitor(ManifestReader& reader, const Node& object,
                               const Metadata& metadata) {
  const Node spec = reader.mapping(object, "spec");
  UnresolvedMonitor monitor{.object = metadata.kind + " " + metadata.name,
                            .object_namespace = metadata.object_namespace,
                            .of_pods = metadata.kind == "PodMonitor"};
  // A monitor without a selector selects everything in its namespaces.
  monitor.selector = read_label_selector(reader, spec, "selector").value_or(LabelSelector{});
  const Node from = reader.mapping(spec, "namespaceSelector");
  monitor.every_namespace = reader.flag(from, "any");
  const Node names = reader.list(from, "matchNames");
  for (std::size_t index = 0; index < names.size(); ++index) {
    monitor.namespaces.emplace_back(names.at(index).text());
  }
  const Node endpoints = reader.list(spec, monitor.of_pods ? "podMetricsEndpoints" : "endpoints");
  for (std::size_t index = 0; index < endpoints.size(); ++index) {
    if (is_metrics_path(reader.text(endpoints.at(index), "path"))) {
      monitor.endpoints.push_back(read_endpoint(reader, endpoints.at(index), monitor.of_pods));
    }
  }
  return monitor;
}

}  // namespace compliance::kubernetes
