// Reads IngressRoutes of Traefik.
#include "exporter/observe/kubernetes/parse/read_traefik.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>

#include "exporter/observe/kubernetes/model/route_hosts.h"

namespace compliance::kubernetes {
namespace {

// Adds the texts in quotes or backticks up to the parenthesis that closes the matcher. A quote that
// is never closed ends the search.
void add_quoted(std::string_view arguments, std::vector<std::string>& hosts) {
  while (true) {
    const std::size_t begin = arguments.find_first_of("`\"')");
    if (begin == std::string_view::npos || arguments[begin] == ')') {
      return;
    }
    const std::size_t end = arguments.find(arguments[begin], begin + 1);
    if (end == std::string_view::npos) {
      return;
    }
    hosts.push_back(normal_host(arguments.substr(begin + 1, end - begin - 1)));
    arguments.remove_prefix(end + 1);
  }
}

// What stands behind the first `length` characters of the matcher that begins at `at`; empty when
// it is a part of another word or negated.
std::string_view arguments_of(std::string_view match, std::size_t at, std::size_t length) {
  const bool counts = at == 0 || (match[at - 1] != '!' &&
                                  std::isalnum(static_cast<unsigned char>(match[at - 1])) == 0);
  return counts ? match.substr(at + length) : std::string_view{};
}

// The hosts that Host(`a`, `b`), HostHeader and HostSNI name; none when the rule is for every host.
std::vector<std::string> hosts_of(std::string_view match) {
  std::vector<std::string> hosts;
  for (const std::string_view matcher : {"Host(", "HostHeader(", "HostSNI("}) {
    for (std::size_t at = match.find(matcher); at != std::string_view::npos;
         at = match.find(matcher, at + 1)) {
      add_quoted(arguments_of(match, at, matcher.size()), hosts);
    }
  }
  return hosts;
}

// Entry points are configured elsewhere; the one of this name has TLS by Traefik's own chart.
Fact<std::string> tls_of(ManifestReader& reader, const Node& spec, const Origin& at) {
  Fact<std::string> tls{.origin = at};
  if (reader.mapping(spec, "tls")) {
    tls.value = "spec.tls";
    return tls;
  }
  const Node entry_points = reader.list(spec, "entryPoints");
  for (std::size_t index = 0; index < entry_points.size(); ++index) {
    if (entry_points.at(index).text() == "websecure") {
      tls.value = "entry point websecure";
    }
  }
  return tls;
}

// The Services of a rule; those of kind TraefikService lead elsewhere.
void add_services(ManifestReader& reader, const Node& rule, UnresolvedRoute& route) {
  const Node services = reader.list(rule, "services");
  for (std::size_t index = 0; index < services.size(); ++index) {
    const Node service = services.at(index);
    const std::string kind = reader.text(service, "kind");
    if (kind.empty() || kind == "Service") {
      route.backends.push_back({.service = reader.text(service, "name"),
                                .service_namespace = reader.text(service, "namespace")});
    }
  }
}

}  // namespace

std::vector<UnresolvedRoute> read_ingress_route(ManifestReader& reader, const Node& object,
                                                const Metadata& metadata) {
  const Node spec = reader.mapping(object, "spec");
  const Fact<std::string> tls = tls_of(reader, spec, metadata.origin);
  const Node rules = reader.list(spec, "routes");
  std::vector<UnresolvedRoute> routes;
  for (std::size_t index = 0; index < rules.size(); ++index) {
    const Node rule = rules.at(index);
    UnresolvedRoute route{.kind = RouteKind::traefik,
                          .object = metadata.kind + " " + metadata.name,
                          .object_namespace = metadata.object_namespace,
                          .origin = metadata.origin};
    // The rule's expression is the nearest place to the host that a finding can point to.
    const Origin at = reader.origin_of(rule["match"] ? rule["match"] : rule);
    for (std::string& host : hosts_of(reader.text(rule, "match"))) {
      route.hosts.push_back({.host = std::move(host), .tls = tls, .origin = at});
    }
    if (route.hosts.empty()) {
      route.hosts.push_back({.tls = tls, .origin = at});
    }
    add_services(reader, rule, route);
    routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace compliance::kubernetes
