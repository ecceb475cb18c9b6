// One container of a pod.
#include "exporter/observe/kubernetes/parse/read_container.h"

#include <utility>

#include "exporter/observe/component_rules.h"
#include "exporter/observe/kubernetes/parse/read_environment.h"

namespace compliance::kubernetes {
namespace {

Image read_image(ManifestReader& reader, const Node& container) {
  const Node node = container["image"];
  const std::string reference = reader.text(container, "image");
  if (reference.empty()) {
    return {.fault = Fault{.reason = UnknownReason::missing_object,
                           .message = "the container names no image"},
            .origin = reader.origin_of(container)};
  }
  Image image = parse_image(reference);
  image.origin = reader.origin_of(node);
  if (reference.find('$') != std::string::npos) {
    image.fault = Fault{.reason = UnknownReason::unresolved_reference,
                        .message = "a variable takes part in the name of the image"};
  }
  return image;
}

void append_texts(ManifestReader& reader, const Node& container, std::string_view key,
                  std::vector<std::string>& to) {
  const Node list = reader.list(container, key);
  for (std::size_t index = 0; index < list.size(); ++index) {
    to.emplace_back(list.at(index).text());
  }
}

DeclaredPort read_port(ManifestReader& reader, const Node& entry) {
  DeclaredPort port{
      .name = reader.text(entry, "name"),
      .number = reader.port(entry["containerPort"], "containerPort"),
      .host_port = reader.int_fact(entry["hostPort"], "hostPort", reader.origin_of(entry)),
      .origin = reader.origin_of(entry)};
  if (port.host_port.is(0)) {
    // The API server takes 0 for "not set".
    port.host_port.value.reset();
  }
  if (std::string protocol = reader.text(entry, "protocol"); !protocol.empty()) {
    port.protocol = std::move(protocol);
  }
  return port;
}

std::vector<DeclaredPort> read_ports(ManifestReader& reader, const Node& container) {
  std::vector<DeclaredPort> ports;
  const Node list = reader.list(container, "ports");
  for (std::size_t index = 0; index < list.size(); ++index) {
    ports.push_back(read_port(reader, list.at(index)));
  }
  return ports;
}

void append_hosts(ManifestReader& reader, const Node& handler,
                  std::vector<Located<std::string>>& hosts) {
  for (const char* action : {"httpGet", "tcpSocket"}) {
    const Node host = reader.mapping(handler, action)["host"];
    if (!host.text().empty()) {
      hosts.push_back({.value = std::string{host.text()}, .origin = reader.origin_of(host)});
    }
  }
}

std::vector<Located<std::string>> read_handler_hosts(ManifestReader& reader,
                                                     const Node& container) {
  std::vector<Located<std::string>> hosts;
  for (const char* probe : {"startupProbe", "livenessProbe", "readinessProbe"}) {
    append_hosts(reader, reader.mapping(container, probe), hosts);
  }
  const Node lifecycle = reader.mapping(container, "lifecycle");
  for (const char* hook : {"postStart", "preStop"}) {
    append_hosts(reader, reader.mapping(lifecycle, hook), hosts);
  }
  return hosts;
}

// A quantity may be written as a number.
Fact<std::string> read_limit(ManifestReader& reader, const Node& limits, std::string_view key,
                             const Origin& otherwise) {
  const Node value = limits[key];
  if (value.is_null()) {
    return {.origin = otherwise};
  }
  return {.value = reader.text(limits, key), .origin = reader.origin_of(value)};
}

ResourceLimits read_limits(ManifestReader& reader, const Node& container) {
  const Node limits = reader.mapping(reader.mapping(container, "resources"), "limits");
  const Origin here = reader.origin_of(container);
  return {.memory = read_limit(reader, limits, "memory", here),
          .cpu = read_limit(reader, limits, "cpu", here),
          .pids = {.origin = here}};
}

}  // namespace

UnresolvedContainer read_container(ManifestReader& reader, const PodContext& pod,
                                   const PodVolumes& volumes, const Node& container) {
  if (!container.is_mapping()) {
    reader.refuse(container, "a container is not a mapping");
    return {};
  }
  UnresolvedContainer open;
  Container& facts = open.container;
  facts.platform = Platform::kubernetes;
  facts.windows = pod.windows;
  facts.name = reader.text(container, "name");
  facts.workload = pod.workload;
  facts.object = pod.workload + " container " + facts.name;
  facts.origin = reader.origin_of(container);
  facts.image = read_image(reader, container);
  append_texts(reader, container, "command", facts.command);
  append_texts(reader, container, "args", facts.command);
  facts.mounts = volumes.mounts_of(reader, container);
  facts.security = read_security(reader, pod.security, container);
  facts.namespaces = pod.namespaces;
  facts.declared_ports = read_ports(reader, container);
  facts.handler_hosts = read_handler_hosts(reader, container);
  facts.limits = read_limits(reader, container);
  facts.pod_labels = pod.labels;
  read_environment(reader, container, open);
  return open;
}

}  // namespace compliance::kubernetes
