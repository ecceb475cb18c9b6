// Reads Services and ServiceAccounts.
#include "exporter/observe/kubernetes/parse/read_service.h"

#include <string>
#include <utility>

namespace compliance::kubernetes {
namespace {

// Without targetPort the container's port has the number of the Service's; that default is applied
// where ports are resolved.
ServicePort read_service_port(ManifestReader& reader, const Node& entry) {
  ServicePort port{.name = reader.text(entry, "name"),
                   .port = reader.port(entry["port"], "port"),
                   .origin = reader.origin_of(entry)};
  const Node target = entry["targetPort"];
  if (document::as_integer(target) == 0) {
    return port;  // 0 means "not set"
  }
  if (document::as_integer(target)) {
    port.target_number = reader.port(target, "targetPort");
  } else {
    port.target_name = reader.text(entry, "targetPort");
  }
  return port;
}

// Reads who may reach the Service beside the pods of the cluster (FACTS.md T32).
void read_exposure(ManifestReader& reader, const Node& spec, ServiceObject& service) {
  service.type = reader.text_fact(spec["type"], "type", service.origin);
  service.load_balancer_ip =
      reader.text_fact(spec["loadBalancerIP"], "loadBalancerIP", service.origin);
  const Node addresses = reader.list(spec, "externalIPs");
  for (std::size_t index = 0; index < addresses.size(); ++index) {
    service.external_ips.push_back({.value = std::string{addresses.at(index).text()},
                                    .origin = reader.origin_of(addresses.at(index))});
  }
}

}  // namespace

UnresolvedService read_service(ManifestReader& reader, const Node& object, Metadata metadata) {
  const Node spec = reader.mapping(object, "spec");
  UnresolvedService service;
  service.object = {.name = metadata.name,
                    .object_namespace = metadata.object_namespace,
                    .object = metadata.kind + " " + metadata.name,
                    .labels = reader.texts(reader.mapping(object, "metadata"), "labels"),
                    .selector = reader.texts(spec, "selector"),
                    .origin = metadata.origin};
  read_exposure(reader, spec, service.object);
  const Node ports = reader.list(spec, "ports");
  for (std::size_t index = 0; index < ports.size(); ++index) {
    service.object.ports.push_back(read_service_port(reader, ports.at(index)));
  }
  // A Service that is not labelled itself is often told by what it selects.
  service.component_label = metadata.labels.component;
  const auto selected = service.object.selector.find("app.kubernetes.io/component");
  if (service.component_label.empty() && selected != service.object.selector.end()) {
    service.component_label = selected->second;
  }
  service.metadata = std::move(metadata);
  return service;
}

ServiceAccount read_service_account(ManifestReader& reader, const Node& object, Metadata metadata) {
  ServiceAccount account{.metadata = std::move(metadata)};
  account.automount = reader.bool_fact(object["automountServiceAccountToken"],
                                       "automountServiceAccountToken", reader.origin_of(object));
  account.pull_secrets = read_pull_secrets(reader, object);
  return account;
}

}  // namespace compliance::kubernetes
