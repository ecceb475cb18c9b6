// Reads Ingresses and OpenShift Routes.
#include "exporter/observe/kubernetes/parse/read_ingress.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "checks/facts/fact.h"
#include "checks/formats/ascii.h"
#include "exporter/observe/document/document.h"
#include "exporter/observe/kubernetes/model/route_hosts.h"

namespace compliance::kubernetes {
namespace {

// The annotations of one object, by name.
using Annotations = std::map<std::string, std::string>;

// TLS that controllers take from annotations instead of spec.tls (FACTS.md 5.6, T33).
constexpr std::string_view alb_ports = "alb.ingress.kubernetes.io/listen-ports";
constexpr std::string_view alb_certificate = "alb.ingress.kubernetes.io/certificate-arn";
constexpr std::string_view traefik_tls = "traefik.ingress.kubernetes.io/router.tls";
constexpr std::string_view traefik_entry_points =
    "traefik.ingress.kubernetes.io/router.entrypoints";

// An ingress class whose controller is known by its usual name; others may be anybody's.
struct KnownClass {
  std::string_view name{};
  std::string_view controller{};
};

constexpr auto known_classes = std::to_array<KnownClass>({
    {"alb", "alb"},
    {"gce", "gce"},
    {"gce-internal", "gce"},
    {"traefik", "traefik"},
    {"nginx", "nginx"},
    {"haproxy", "haproxy"},
    {"kong", "kong"},
    {"contour", "contour"},
    {"istio", "istio"},
    {"cilium", "cilium"},
    {"openshift-default", "openshift"},
    {"webapprouting.kubernetes.azure.com", "nginx"},
    {"azure-application-gateway", "azure"},
    {"azure/application-gateway", "azure"},
});

// Whether an Ingress of the class may be the controller's. A class that is unknown, or none, may be
// of any.
bool may_be_of(const std::string& class_name, std::string_view controller) {
  const auto* const known =
      std::find_if(known_classes.begin(), known_classes.end(),
                   [&class_name](const KnownClass& entry) { return entry.name == class_name; });
  return known == known_classes.end() || known->controller == controller;
}

// The value of an annotation; null when it is missing or empty.
const std::string* find(const Annotations& annotations, std::string_view name) {
  const auto found = annotations.find(std::string{name});
  return found == annotations.end() || found->second.empty() ? nullptr : &found->second;
}

// Whether the JSON list of listen-ports has an entry for the protocol; nothing when it is none.
std::optional<bool> listens_on(const std::string& ports, const char* protocol) {
  const auto parsed = document::parse_document(ports);
  if (!parsed || parsed.value().roots().size() != 1 ||
      !parsed.value().roots().front().is_sequence()) {
    return std::nullopt;
  }
  const document::Node list = parsed.value().roots().front();
  for (std::size_t index = 0; index < list.size(); ++index) {
    if (list.at(index)[protocol]) {
      return true;
    }
  }
  return false;
}

// A certificate alone makes the load balancer listen on 443; listen-ports wins over that.
Fact<std::string> tls_of_alb(const Annotations& annotations, const Origin& at) {
  Fact<std::string> tls{.origin = at};
  if (const std::string* ports = find(annotations, alb_ports)) {
    const auto https = listens_on(*ports, "HTTPS");
    if (!https) {
      tls.fault = Fault{.reason = UnknownReason::unparsable,
                        .message = "the annotation listen-ports is no list of ports"};
    } else if (*https) {
      tls.value = std::string{alb_ports};
    }
  } else if (find(annotations, alb_certificate) != nullptr) {
    tls.value = std::string{alb_certificate};
  }
  return tls;
}

// Certificates of Google's load balancer. kubernetes.io/ingress.allow-http only closes port 80: it
// is no certificate.
Fact<std::string> tls_of_gce(const Annotations& annotations, const Origin& at) {
  for (const std::string_view name :
       {"networking.gke.io/managed-certificates", "ingress.gcp.kubernetes.io/pre-shared-cert",
        "networking.gke.io/certmap"}) {
    if (find(annotations, name) != nullptr) {
      return {.value = std::string{name}, .origin = at};
    }
  }
  return {.origin = at};
}

// Whether a list with commas names the entry point that Traefik gives TLS.
bool names_secure_entry_point(std::string_view list) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    if (trimmed(list.substr(0, comma)) == "websecure") {
      return true;
    }
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
  }
  return false;
}

// router.tls itself, or one of its options, such as router.tls.certresolver.
std::optional<std::string> traefik_tls_option(const Annotations& annotations) {
  if (const std::string* tls = find(annotations, traefik_tls)) {
    return *tls == "true" ? std::optional{std::string{traefik_tls}} : std::nullopt;
  }
  const std::string option = std::string{traefik_tls} + ".";
  const auto found = annotations.lower_bound(option);
  return found != annotations.end() && found->first.starts_with(option)
             ? std::optional{found->first}
             : std::nullopt;
}

// TLS by an option of the router, or by the entry point "websecure", which has TLS in Traefik's own
// chart.
Fact<std::string> tls_of_traefik(const Annotations& annotations, const Origin& at) {
  Fact<std::string> tls{.value = traefik_tls_option(annotations), .origin = at};
  const std::string* entry_points = find(annotations, traefik_entry_points);
  if (!tls.value && entry_points != nullptr && names_secure_entry_point(*entry_points)) {
    tls.value = std::string{traefik_entry_points};
  }
  return tls;
}

// A certificate that is installed on Azure's Application Gateway, by its name there.
Fact<std::string> tls_of_agic(const Annotations& annotations, const Origin& at) {
  constexpr std::string_view name = "appgw.ingress.kubernetes.io/appgw-ssl-certificate";
  Fact<std::string> tls{.origin = at};
  if (find(annotations, name) != nullptr) {
    tls.value = std::string{name};
  }
  return tls;
}

// Reads the TLS that one controller takes from annotations; absent when they state none.
using ReadAnnotations = Fact<std::string> (*)(const Annotations&, const Origin&);

constexpr auto controllers = std::to_array<std::pair<std::string_view, ReadAnnotations>>({
    {"alb", &tls_of_alb},
    {"gce", &tls_of_gce},
    {"traefik", &tls_of_traefik},
    {"azure", &tls_of_agic},
});

// The annotation that states TLS for all hosts of an Ingress of this class ("" when it names
// none); absent when there is none, or when it is for another controller than that of the class.
// A fault when it cannot be read. `at` is the origin of the fact.
Fact<std::string> tls_by_annotation(const Annotations& annotations, const std::string& class_name,
                                    const Origin& at) {
  Fact<std::string> undecided{.origin = at};
  // One controller that states TLS decides; a fault counts only when no other one does.
  for (const auto& [controller, read] : controllers) {
    if (!may_be_of(class_name, controller)) {
      continue;
    }
    Fact<std::string> tls = read(annotations, at);
    if (tls.value) {
      return tls;
    }
    if (tls.fault) {
      undecided = std::move(tls);
    }
  }
  return undecided;
}

// ALB's listener for HTTP answers as that for HTTPS does, unless an annotation redirects it, or an
// action of its own, which is not looked into.
bool alb_serves_in_clear(const Annotations& annotations) {
  constexpr std::string_view actions = "alb.ingress.kubernetes.io/actions.";
  const auto action = annotations.lower_bound(std::string{actions});
  const bool has_action = action != annotations.end() && action->first.starts_with(actions);
  const std::string* ports = find(annotations, alb_ports);
  return ports != nullptr && listens_on(*ports, "HTTP") == true && !has_action &&
         find(annotations, "alb.ingress.kubernetes.io/ssl-redirect") == nullptr;
}

// By which annotation an Ingress of this class is served in clear beside its TLS; absent when none
// says so.
Fact<std::string> clear_by_annotation(const Annotations& annotations, const std::string& class_name,
                                      const Origin& at) {
  constexpr std::string_view nginx_redirect = "nginx.ingress.kubernetes.io/ssl-redirect";
  if (may_be_of(class_name, "alb") && alb_serves_in_clear(annotations)) {
    return {.value = std::string{alb_ports} + " with HTTP", .origin = at};
  }
  const std::string* redirect = find(annotations, nginx_redirect);
  const std::string* forced = find(annotations, "nginx.ingress.kubernetes.io/force-ssl-redirect");
  if (may_be_of(class_name, "nginx") && redirect != nullptr && *redirect == "false" &&
      (forced == nullptr || *forced != "true")) {
    return {.value = std::string{nginx_redirect} + ": false", .origin = at};
  }
  return {.origin = at};
}

// What an Ingress states about TLS: for some hosts, for all, or by an annotation. Whether the
// Secret of spec.tls is there and valid is not looked at: the handshake decides (FACTS.md T33).
class IngressTls {
 public:
  IngressTls(ManifestReader& reader, const Node& object, const Node& spec) {
    const Node entries = reader.list(spec, "tls");
    for (std::size_t index = 0; index < entries.size(); ++index) {
      const Node hosts = reader.list(entries.at(index), "hosts");
      secrets_.push_back(reader.text(entries.at(index), "secretName"));
      // An entry without hosts is for all hosts of the Ingress.
      every_host_ = every_host_ || hosts.size() == 0;
      for (std::size_t host = 0; host < hosts.size(); ++host) {
        hosts_.insert(normal_host(hosts.at(host).text()));
      }
    }
    const Annotations annotations = reader.texts(reader.mapping(object, "metadata"), "annotations");
    // The field wins over the older annotation.
    std::string class_name = reader.text(spec, "ingressClassName");
    const auto older = annotations.find("kubernetes.io/ingress.class");
    if (class_name.empty() && older != annotations.end()) {
      class_name = older->second;
    }
    annotated_ = tls_by_annotation(annotations, class_name, reader.origin_of(object));
    clear_ = clear_by_annotation(annotations, class_name, reader.origin_of(object));
  }

  // A certificate for a wildcard covers one label; a rule for every host needs an entry for all.
  Fact<std::string> of(const std::string& host) const {
    if (every_host_ || hosts_.contains(host) || hosts_.contains(wildcard_of(host))) {
      return {.value = "spec.tls", .origin = annotated_.origin};
    }
    return annotated_;
  }

  const std::vector<std::string>& secrets() const { return secrets_; }

  // The same for every host.
  const Fact<std::string>& clear() const { return clear_; }

 private:
  bool every_host_ = false;
  std::unordered_set<std::string> hosts_{};
  std::vector<std::string> secrets_{};
  Fact<std::string> annotated_{};
  Fact<std::string> clear_{};
};

// The Service of a backend: `service.name` of networking.k8s.io/v1, `serviceName` of the beta
// versions.
void add_backend(ManifestReader& reader, const Node& backend, UnresolvedRoute& route) {
  const Node service = reader.mapping(backend, "service");
  std::string name = service ? reader.text(service, "name") : reader.text(backend, "serviceName");
  if (!name.empty()) {
    route.backends.push_back({.service = std::move(name)});
  }
}

// A route of the object, still without hosts and backends.
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
  // The default backend answers for every host that no rule names.
  if (default_backend) {
    UnresolvedRoute route = route_of(RouteKind::ingress, metadata);
    add_backend(reader, default_backend, route);
    route.hosts.push_back({.origin = reader.origin_of(default_backend)});
    routes.push_back(std::move(route));
  }
  // Each route of an Ingress has exactly one host.
  for (UnresolvedRoute& route : routes) {
    route.hosts.front().tls = tls.of(route.hosts.front().host);
    route.hosts.front().clear = tls.clear();
    route.tls_secrets = tls.secrets();
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
  const Node insecure = spec["tls"]["insecureEdgeTerminationPolicy"];
  if (insecure.text() == "Allow") {
    host.clear = {.value = "insecureEdgeTerminationPolicy: Allow",
                  .origin = reader.origin_of(insecure)};
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
