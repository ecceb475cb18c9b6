// Annotations by which controllers are told that an Ingress has TLS.
#include "exporter/observe/kubernetes/parse/ingress_annotations.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "checks/formats/ascii.h"
#include "exporter/observe/document/document.h"

namespace compliance::kubernetes {
namespace {

constexpr std::string_view alb_ports = "alb.ingress.kubernetes.io/listen-ports";
constexpr std::string_view alb_certificate = "alb.ingress.kubernetes.io/certificate-arn";
constexpr std::string_view traefik_tls = "traefik.ingress.kubernetes.io/router.tls";
constexpr std::string_view traefik_entry_points =
    "traefik.ingress.kubernetes.io/router.entrypoints";

// Classes whose controller is known by their usual names; others may be anybody's.
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

bool may_be_of(const std::string& class_name, std::string_view controller) {
  const auto* const known =
      std::find_if(known_classes.begin(), known_classes.end(),
                   [&class_name](const KnownClass& entry) { return entry.name == class_name; });
  return known == known_classes.end() || known->controller == controller;
}

const std::string* find(const Annotations& annotations, std::string_view name) {
  const auto found = annotations.find(std::string{name});
  return found == annotations.end() || found->second.empty() ? nullptr : &found->second;
}

// Whether the JSON list of listen-ports has an entry for HTTPS; nothing when it is none.
std::optional<bool> listens_on_https(const std::string& ports) {
  const auto parsed = document::parse_document(ports);
  if (!parsed || parsed.value().roots().size() != 1 ||
      !parsed.value().roots().front().is_sequence()) {
    return std::nullopt;
  }
  const document::Node list = parsed.value().roots().front();
  for (std::size_t index = 0; index < list.size(); ++index) {
    if (list.at(index)["HTTPS"]) {
      return true;
    }
  }
  return false;
}

// A certificate alone makes the load balancer listen on 443; listen-ports wins over that.
Fact<std::string> tls_of_alb(const Annotations& annotations, const Origin& at) {
  Fact<std::string> tls{.origin = at};
  if (const std::string* ports = find(annotations, alb_ports)) {
    const auto https = listens_on_https(*ports);
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

// kubernetes.io/ingress.allow-http only closes port 80: it is no certificate.
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

Fact<std::string> tls_of_traefik(const Annotations& annotations, const Origin& at) {
  Fact<std::string> tls{.value = traefik_tls_option(annotations), .origin = at};
  const std::string* entry_points = find(annotations, traefik_entry_points);
  if (!tls.value && entry_points != nullptr && names_secure_entry_point(*entry_points)) {
    tls.value = std::string{traefik_entry_points};
  }
  return tls;
}

using ReadAnnotations = Fact<std::string> (*)(const Annotations&, const Origin&);

constexpr auto controllers = std::to_array<std::pair<std::string_view, ReadAnnotations>>({
    {"alb", &tls_of_alb},
    {"gce", &tls_of_gce},
    {"traefik", &tls_of_traefik},
});

}  // namespace

Fact<std::string> tls_by_annotation(const Annotations& annotations, const std::string& class_name,
                                    const Origin& at) {
  Fact<std::string> undecided{.origin = at};
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

}  // namespace compliance::kubernetes
