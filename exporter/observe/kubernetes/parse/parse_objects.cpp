// Parses one manifest file into its objects: unpacks documents and lists, and hands each kind to
// its reader. What cannot be read is noted and left out; the rest is read all the same.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"
#include "exporter/observe/kubernetes/parse/read_controls.h"
#include "exporter/observe/kubernetes/parse/read_gateway.h"
#include "exporter/observe/kubernetes/parse/read_ingress.h"
#include "exporter/observe/kubernetes/parse/read_istio.h"
#include "exporter/observe/kubernetes/parse/read_monitor.h"
#include "exporter/observe/kubernetes/parse/read_network_policy.h"
#include "exporter/observe/kubernetes/parse/read_service.h"
#include "exporter/observe/kubernetes/parse/read_stores.h"
#include "exporter/observe/kubernetes/parse/read_traefik.h"
#include "exporter/observe/kubernetes/parse/read_workload.h"

namespace compliance::kubernetes {
namespace {

// The label of the name is set as the API server would, so that selectors find it in files too.
NamespaceObject read_namespace(ManifestReader& reader, const Node& object, Metadata metadata) {
  NamespaceObject result{.labels = reader.texts(reader.mapping(object, "metadata"), "labels")};
  result.labels[namespace_name_label] = metadata.name;
  result.metadata = std::move(metadata);
  return result;
}

// An object with its apiVersion and kind, its own or those of the list around it.
struct ObjectHead {
  Node node{};
  std::string_view api_version{};
  std::string_view kind{};
};

// Keeps what was read of an object, unless it was refused.
template <class Read>
void keep(const ManifestReader& reader, Read read, std::vector<Read>& to) {
  if (!reader.refusal()) {
    to.push_back(std::move(read));
  }
}

// Reads an object and puts it into the lists of the file. One such function for each shape of
// reader follows.
using AddObject = void (*)(ManifestReader&, const Node&, Metadata&&, ParsedManifests&);

void add_workload(ManifestReader& reader, const Node& object, Metadata&& metadata,
                  ParsedManifests& to) {
  Workload workload = read_workload(reader, object, std::move(metadata));
  read_scale(reader, object, workload);
  keep(reader, std::move(workload), to.workloads);
}

void add_service(ManifestReader& reader, const Node& object, Metadata&& metadata,
                 ParsedManifests& to) {
  keep(reader, read_service(reader, object, std::move(metadata)), to.services);
}

void add_service_account(ManifestReader& reader, const Node& object, Metadata&& metadata,
                         ParsedManifests& to) {
  keep(reader, read_service_account(reader, object, std::move(metadata)), to.service_accounts);
}

void add_namespace(ManifestReader& reader, const Node& object, Metadata&& metadata,
                   ParsedManifests& to) {
  keep(reader, read_namespace(reader, object, std::move(metadata)), to.namespaces);
}

void add_network_policy(ManifestReader& reader, const Node& object, Metadata&& metadata,
                        ParsedManifests& to) {
  keep(reader, read_network_policy(reader, object, std::move(metadata)), to.policies);
}

// Only metadata is read: these policies have languages of their own.
void add_other_policy(ManifestReader& /*reader*/, const Node& /*object*/, Metadata&& metadata,
                      ParsedManifests& to) {
  to.other_policies.push_back(read_other_policy(std::move(metadata)));
}

// The reader is a template argument, so that a plain function can stand in the table of kinds.
template <UnresolvedStore (*read)(ManifestReader&, const Node&, const Metadata&)>
void add_store(ManifestReader& reader, const Node& object, Metadata&& metadata,
               ParsedManifests& to) {
  keep(reader, read(reader, object, metadata), to.stores);
}

void add_generators(ManifestReader& reader, const Node& object, Metadata&& metadata,
                    ParsedManifests& to) {
  for (UnresolvedStore& store : read_generators(reader, object, metadata)) {
    keep(reader, std::move(store), to.stores);
  }
}

template <std::vector<UnresolvedRoute> (*read)(ManifestReader&, const Node&, const Metadata&)>
void add_routes(ManifestReader& reader, const Node& object, Metadata&& metadata,
                ParsedManifests& to) {
  for (UnresolvedRoute& route : read(reader, object, metadata)) {
    keep(reader, std::move(route), to.routes);
  }
}

template <UnresolvedGateway (*read)(ManifestReader&, const Node&, const Metadata&)>
void add_gateway(ManifestReader& reader, const Node& object, Metadata&& metadata,
                 ParsedManifests& to) {
  keep(reader, read(reader, object, metadata), to.gateways);
}

void add_budget(ManifestReader& reader, const Node& object, Metadata&& metadata,
                ParsedManifests& to) {
  keep(reader, read_budget(reader, object, metadata), to.budgets);
}

template <UnresolvedAutoscaler (*read)(ManifestReader&, const Node&, const Metadata&)>
void add_autoscaler(ManifestReader& reader, const Node& object, Metadata&& metadata,
                    ParsedManifests& to) {
  keep(reader, read(reader, object, metadata), to.autoscalers);
}

void add_monitor(ManifestReader& reader, const Node& object, Metadata&& metadata,
                 ParsedManifests& to) {
  keep(reader, read_monitor(reader, object, metadata), to.monitors);
}

// A kind of the API group with what reads it; "extensions" is where kinds lived before "apps" and
// "networking.k8s.io".
struct KnownKind {
  std::string_view group{};
  std::string_view kind{};
  AddObject add = nullptr;
};

// All kinds that facts are read from, of any version of their group: the fields in question have
// kept their names, and readers know where they have not.
constexpr auto known_kinds = std::to_array<KnownKind>({
    {"", "Pod", &add_workload},
    {"", "ReplicationController", &add_workload},
    {"apps", "Deployment", &add_workload},
    {"apps", "StatefulSet", &add_workload},
    {"apps", "DaemonSet", &add_workload},
    {"apps", "ReplicaSet", &add_workload},
    {"batch", "Job", &add_workload},
    {"batch", "CronJob", &add_workload},
    {"extensions", "Deployment", &add_workload},
    {"extensions", "DaemonSet", &add_workload},
    {"extensions", "ReplicaSet", &add_workload},
    {"", "Service", &add_service},
    {"", "ServiceAccount", &add_service_account},
    {"", "Namespace", &add_namespace},
    {"networking.k8s.io", "NetworkPolicy", &add_network_policy},
    {"extensions", "NetworkPolicy", &add_network_policy},
    {"cilium.io", "CiliumNetworkPolicy", &add_other_policy},
    {"cilium.io", "CiliumClusterwideNetworkPolicy", &add_other_policy},
    {"projectcalico.org", "NetworkPolicy", &add_other_policy},
    {"projectcalico.org", "GlobalNetworkPolicy", &add_other_policy},
    {"crd.projectcalico.org", "NetworkPolicy", &add_other_policy},
    {"crd.projectcalico.org", "GlobalNetworkPolicy", &add_other_policy},
    {"policy.networking.k8s.io", "AdminNetworkPolicy", &add_other_policy},
    {"policy.networking.k8s.io", "BaselineAdminNetworkPolicy", &add_other_policy},
    {"policy.networking.k8s.io", "ClusterNetworkPolicy", &add_other_policy},
    {"", "Secret", &add_store<&read_secret>},
    {"", "ConfigMap", &add_store<&read_config_map>},
    {"bitnami.com", "SealedSecret", &add_store<&read_sealed_secret>},
    {"external-secrets.io", "ExternalSecret", &add_store<&read_external_secret>},
    {"kubernetes-client.io", "ExternalSecret", &add_store<&read_external_secret>},
    {"kustomize.config.k8s.io", "Kustomization", &add_generators},
    {"policy", "PodDisruptionBudget", &add_budget},
    {"autoscaling", "HorizontalPodAutoscaler", &add_autoscaler<&read_autoscaler>},
    {"keda.sh", "ScaledObject", &add_autoscaler<&read_scaled_object>},
    {"monitoring.coreos.com", "ServiceMonitor", &add_monitor},
    {"monitoring.coreos.com", "PodMonitor", &add_monitor},
    {"networking.k8s.io", "Ingress", &add_routes<&read_ingress>},
    {"extensions", "Ingress", &add_routes<&read_ingress>},
    {"gateway.networking.k8s.io", "Gateway", &add_gateway<&read_gateway>},
    {"gateway.networking.k8s.io", "HTTPRoute", &add_routes<&read_gateway_route>},
    {"gateway.networking.k8s.io", "GRPCRoute", &add_routes<&read_gateway_route>},
    {"gateway.networking.k8s.io", "TLSRoute", &add_routes<&read_gateway_route>},
    {"gateway.networking.k8s.io", "TCPRoute", &add_routes<&read_gateway_route>},
    {"gateway.networking.k8s.io", "UDPRoute", &add_routes<&read_gateway_route>},
    {"route.openshift.io", "Route", &add_routes<&read_openshift_route>},
    {"networking.istio.io", "Gateway", &add_gateway<&read_istio_gateway>},
    {"networking.istio.io", "VirtualService", &add_routes<&read_virtual_service>},
    {"traefik.io", "IngressRoute", &add_routes<&read_ingress_route>},
    {"traefik.io", "IngressRouteTCP", &add_routes<&read_ingress_route>},
    {"traefik.io", "IngressRouteUDP", &add_routes<&read_ingress_route>},
    {"traefik.containo.us", "IngressRoute", &add_routes<&read_ingress_route>},
    {"traefik.containo.us", "IngressRouteTCP", &add_routes<&read_ingress_route>},
    {"traefik.containo.us", "IngressRouteUDP", &add_routes<&read_ingress_route>},
});

// The part in front of the slash; the core group has none.
std::string_view group_of(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
}

bool ends_with_list(std::string_view kind) {
  constexpr std::string_view ending = "List";
  return kind.size() >= ending.size() && kind.substr(kind.size() - ending.size()) == ending;
}

// Of several owners one at most is the controller. Objects that a controller made are judged by it.
std::optional<Owner> controller_of(ManifestReader& reader, const Node& metadata) {
  const Node owners = reader.list(metadata, "ownerReferences");
  for (std::size_t index = 0; index < owners.size(); ++index) {
    const Node owner = owners.at(index);
    if (reader.flag(owner, "controller")) {
      return Owner{.kind = reader.text(owner, "kind"),
                   .name = reader.text(owner, "name"),
                   .uid = reader.text(owner, "uid")};
    }
  }
  return std::nullopt;
}

// Reads `metadata`. An object from a live server shows by a uid or a resourceVersion: it holds what
// the server has stored, not what an operator keeps in a repository.
Metadata read_metadata(ManifestReader& reader, const ObjectHead& head) {
  const Node node = reader.mapping(head.node, "metadata");
  Metadata metadata{.kind = std::string{head.kind},
                    .name = reader.text(node, "name"),
                    .object_namespace = reader.text(node, "namespace"),
                    .uid = reader.text(node, "uid"),
                    .labels = read_release_labels(reader.mapping(node, "labels")),
                    .controller = controller_of(reader, node),
                    .origin = reader.origin_of(head.node)};
  if (metadata.name.empty()) {
    metadata.name = reader.text(node, "generateName");
  }
  metadata.from_api_server = !metadata.uid.empty() || !node["resourceVersion"].is_null();
  return metadata;
}

// Faults of one file that are kept; each of them is a finding of many checks.
constexpr std::size_t max_faults = 100;

// The pod template of kinds that nobody reads: what makes pods in the clusters of others has it at
// spec.template (a Rollout, a DeploymentConfig, Knative's Service) or spec.jobTargetRef.template
// (KEDA's ScaledJob). Absent when it holds no containers.
Node unjudged_template(const Node& object) {
  const Node spec = object["spec"];
  for (const Node& holder : {spec, spec["jobTargetRef"]}) {
    const Node pod = holder["template"];
    if (pod["spec"]["containers"].size() > 0) {
      return pod;
    }
  }
  return {};
}

// Collects the objects of one file.
class FileParser {
 public:
  explicit FileParser(const std::string& path) : reader_(Location{path}) {}

  // Reads the part as a whole or, where that fails, each document and each JSON object by itself.
  void add_text(const document::TextPart& part, const document::Budget& budget = {}) {
    const auto document = document::parse_document(part.text, budget);
    if (document) {
      reader_.begin_part(part.lines_before, part.columns_before);
      for (const Node& root : document.value().roots()) {
        add_root(root);
      }
      return;
    }
    const document::DocumentError& error = document.error();
    // What is too large as a whole is not read again piece by piece.
    const auto parts = error.reason == UnknownReason::unparsable
                           ? document::parts_of(part)
                           : std::vector<document::TextPart>{};
    for (const document::TextPart& smaller : parts) {
      // All parts together may not expand further than the whole: no value is shorter than a byte.
      add_text(smaller, {.max_expanded = smaller.text.size() + budget.max_expanded / parts.size()});
    }
    if (parts.empty()) {
      reader_.begin_part(part.lines_before, part.columns_before);
      note({.origin = reader_.origin_at(error.line, error.column),
            .fault = {.reason = error.reason, .message = error.message}});
    }
  }

  Objects take() { return std::move(objects_); }

 private:
  // A document with nothing but comments, as charts render them, is no object and no fault.
  void add_root(const Node& root) {
    if (!root.is_null()) {
      add({.node = root});
    }
  }

  // `head` holds what the list around the object says; what it says itself wins.
  void add(ObjectHead head) {
    const Node api_version = head.node["apiVersion"];
    const Node kind = head.node["kind"];
    head.api_version = api_version.is_scalar() ? api_version.text() : head.api_version;
    head.kind = kind.is_scalar() ? kind.text() : head.kind;
    if (head.api_version.empty() || head.kind.empty()) {
      reader_.refuse(head.node, "a document is no Kubernetes object: it has no apiVersion or kind");
    } else if (ends_with_list(head.kind) && head.node["items"]) {
      add_items(head);
    } else if (head.kind == "List") {
      // Under another key the items are no items to kubectl either.
      note({.origin = reader_.origin_of(head.node),
            .fault = {.reason = UnknownReason::missing_object, .message = "a List has no items"}});
    } else {
      add_object(head);
    }
    note_refusal(head);
  }

  // The items of a typed list, such as DeploymentList, need not say what they are.
  void add_items(const ObjectHead& list) {
    const bool typed = list.kind != "List";
    const Node items = reader_.list(list.node, "items");
    for (std::size_t index = 0; index < items.size(); ++index) {
      ObjectHead item{.node = items.at(index)};
      // "DeploymentList" is a list of "Deployment"; a "List" says nothing about its items.
      if (typed) {
        item.api_version = list.api_version;
        item.kind = list.kind.substr(0, list.kind.size() - 4);
      }
      add(item);
    }
  }

  void add_object(const ObjectHead& head) {
    const std::string_view group = group_of(head.api_version);
    const auto* const known = std::find_if(
        known_kinds.begin(), known_kinds.end(), [&head, group](const KnownKind& candidate) {
          return candidate.kind == head.kind && candidate.group == group;
        });
    if (known != known_kinds.end()) {
      Metadata metadata = read_metadata(reader_, head);
      if (!metadata.object_namespace.empty()) {
        objects_.content().namespaces_named.insert(metadata.object_namespace);
      }
      known->add(reader_, head.node, std::move(metadata), objects_.content());
    } else if (const Node pod = unjudged_template(head.node)) {
      // Of an unknown kind no other field is looked at: it is no evidence of anything.
      objects_.content().unjudged.push_back(
          {.metadata = read_metadata(reader_, head),
           .pod_labels = read_release_labels(pod["metadata"]["labels"])});
    }
  }

  // Remembers what object it was: an object that is only missing proves nothing then.
  void note_refusal(const ObjectHead& head) {
    auto refusal = reader_.take_refusal();
    if (!refusal) {
      return;
    }
    objects_.content().unreadable.push_back(
        {.metadata = read_metadata(reader_, head), .fault = refusal->fault});
    reader_.take_refusal();
    note(*std::move(refusal));
  }

  // The last one that is kept stands for all that follow.
  void note(LocatedFault fault) {
    std::vector<LocatedFault>& faults = objects_.content().faults;
    if (faults.size() + 1 == max_faults) {
      fault.fault.message = "this and more objects of the file cannot be read";
    }
    if (faults.size() < max_faults) {
      faults.push_back(std::move(fault));
    }
  }

  ManifestReader reader_;
  Objects objects_{};
};

}  // namespace

Objects parse_objects(const SourceText& file) {
  FileParser parser{file.path};
  parser.add_text({.text = file.text});
  return parser.take();
}

}  // namespace compliance::kubernetes
