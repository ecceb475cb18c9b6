// Reads workload objects as containers.
#include "exporter/observe/kubernetes/parse/read_workload.h"

#include <array>
#include <utility>

#include "exporter/observe/kubernetes/parse/read_container.h"

namespace compliance::kubernetes {
namespace {

// A pod template, or the Pod itself: it has metadata and spec.
Node template_of(ManifestReader& reader, const Node& object, std::string_view kind) {
  if (kind == "Pod") {
    return object;
  }
  Node spec = reader.mapping(object, "spec");
  if (kind == "CronJob") {
    spec = reader.mapping(reader.mapping(spec, "jobTemplate"), "spec");
  }
  return reader.mapping(spec, "template");
}

// A field that gives away a namespace, or takes one, by the value that does so.
struct NamespaceField {
  const char* field;
  bool when;
  const char* kind;
  const char* mode;
};

constexpr std::array<NamespaceField, 4> namespace_fields{{{"hostNetwork", true, "network", "host"},
                                                          {"hostPID", true, "pid", "host"},
                                                          {"hostIPC", true, "ipc", "host"},
                                                          {"hostUsers", false, "user", "private"}}};

// The namespaces that the pod shares with its node, and the user namespace that it has for itself.
// A field of a wrong type has a fault and no mode.
std::vector<NamespaceMode> read_namespaces(ManifestReader& reader, const Node& spec) {
  std::vector<NamespaceMode> result;
  for (const NamespaceField& known : namespace_fields) {
    const Fact<bool> stated = reader.bool_fact(spec[known.field], known.field, {});
    if (stated.fault || stated.is(known.when)) {
      result.push_back({.kind = known.kind,
                        .mode = stated.fault ? "" : known.mode,
                        .fault = stated.fault,
                        .origin = stated.origin});
    }
  }
  return result;
}

// A list of the pod's spec with the role of its containers.
struct ContainerList {
  const char* key;
  ContainerRole role;
};

constexpr std::array<ContainerList, 3> container_lists{
    {{"containers", ContainerRole::main},
     {"initContainers", ContainerRole::init},
     {"ephemeralContainers", ContainerRole::ephemeral}}};

// The containers of all three lists (FACTS.md T65). All are counted before one is read, since each
// asks which volumes the others mount.
std::vector<UnresolvedContainer> read_containers(ManifestReader& reader, const PodContext& pod,
                                                 const Node& spec, PodVolumes& volumes) {
  for (const ContainerList& list : container_lists) {
    const Node containers = reader.list(spec, list.key);
    for (std::size_t index = 0; index < containers.size(); ++index) {
      volumes.count(reader, containers.at(index));
    }
  }
  std::vector<UnresolvedContainer> result;
  for (const ContainerList& list : container_lists) {
    const Node containers = reader.list(spec, list.key);
    for (std::size_t index = 0; index < containers.size(); ++index) {
      result.push_back(read_container(reader, pod, volumes, containers.at(index)));
      result.back().container.role = list.role;
    }
  }
  return result;
}

// Only these two are scaled down to nothing by what replaces them.
bool is_scaled_to_nothing(const Node& object, std::string_view kind) {
  return (kind == "ReplicaSet" || kind == "ReplicationController") &&
         document::as_integer(object["spec"]["replicas"]) == 0;
}

}  // namespace

ReleaseLabels read_release_labels(const Node& labels) {
  return {.name = std::string{labels["app.kubernetes.io/name"].text()},
          .instance = std::string{labels["app.kubernetes.io/instance"].text()},
          .component = std::string{labels["app.kubernetes.io/component"].text()},
          .version = std::string{labels["app.kubernetes.io/version"].text()}};
}

std::vector<std::string> read_pull_secrets(ManifestReader& reader, const Node& parent) {
  std::vector<std::string> names;
  const Node list = reader.list(parent, "imagePullSecrets");
  for (std::size_t index = 0; index < list.size(); ++index) {
    names.push_back(reader.text(list.at(index), "name"));
  }
  return names;
}

Workload read_workload(ManifestReader& reader, const Node& object, Metadata metadata) {
  const Node pod = template_of(reader, object, metadata.kind);
  const Node pod_metadata = reader.mapping(pod, "metadata");
  const Node spec = reader.mapping(pod, "spec");
  // What holds for each container of the pod; it is read once.
  const PodContext context{.security = {.context = reader.mapping(spec, "securityContext"),
                                        .annotations = reader.mapping(pod_metadata, "annotations")},
                           .namespaces = read_namespaces(reader, spec),
                           .labels = reader.texts(pod_metadata, "labels"),
                           .workload = metadata.kind + " " + metadata.name,
                           .windows = reader.mapping(spec, "os")["name"].text() == "windows"};
  Workload workload{.metadata = std::move(metadata)};
  workload.pod_labels = read_release_labels(pod_metadata["labels"]);
  const Node claims = reader.list(object["spec"], "volumeClaimTemplates");
  // Only the StatefulSet controller knows claim templates; in other kinds the field is unknown and
  // dropped.
  PodVolumes volumes{reader, spec, workload.metadata.kind == "StatefulSet" ? claims : Node{}};
  workload.containers = read_containers(reader, context, spec, volumes);
  if (workload.containers.empty()) {
    reader.refuse(object, "'" + context.workload + "' has no containers");
  } else {
    // The first container carries what belongs to no container, so that it is reported once.
    Container& first = workload.containers.front().container;
    first.unmounted_volumes = volumes.unmounted();
    first.overridden = read_overridden(reader, context.security, workload.containers);
  }
  // The older name of the field is still accepted.
  const std::string account = reader.text(spec, "serviceAccountName");
  workload.service_account = account.empty() ? reader.text(spec, "serviceAccount") : account;
  workload.pull_secrets = read_pull_secrets(reader, spec);
  workload.automount = reader.bool_fact(spec["automountServiceAccountToken"],
                                        "automountServiceAccountToken", reader.origin_of(spec));
  workload.scaled_to_nothing = is_scaled_to_nothing(object, workload.metadata.kind);
  return workload;
}

}  // namespace compliance::kubernetes
