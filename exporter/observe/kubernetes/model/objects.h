// What parse_objects keeps of a file: facts that the object alone decides, references still open.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/label_selector.h"
#include "checks/facts/network_policy.h"
#include "exporter/observe/kubernetes/model/kubernetes.h"
#include "exporter/observe/kubernetes/model/open_controls.h"
#include "exporter/observe/kubernetes/model/open_routes.h"

namespace compliance::kubernetes {

// The labels that decide what belongs to a release and what it is: app.kubernetes.io/*.
struct ReleaseLabels {
  std::string name{};
  std::string instance{};
  std::string component{};
  std::string version{};
};

// The owner that controls an object.
struct Owner {
  std::string kind{};
  std::string name{};
  std::string uid{};
};

struct Metadata {
  std::string kind{};
  std::string name{};
  std::string object_namespace{};  // as stated
  std::string uid{};
  ReleaseLabels labels{};
  std::optional<Owner> controller{};
  bool from_api_server = false;
  Origin origin{};
};

// One entry of `env`: a Variable whose reference is not followed yet.
struct UnresolvedVariable {
  Variable variable{};
  bool optional = false;
};

// One entry of `envFrom`.
struct EnvironmentSource {
  bool secret = false;  // else a ConfigMap
  std::string name{};
  std::string prefix{};
  bool optional = false;
  Origin origin{};
};

// Everything but environment, component, release, namespace and service account.
struct UnresolvedContainer {
  Container container{};
  std::vector<UnresolvedVariable> variables{};
  std::vector<EnvironmentSource> sources{};
};

struct Workload {
  Metadata metadata{};
  ReleaseLabels pod_labels{};
  std::vector<UnresolvedContainer> containers{};
  std::string service_account{};
  Fact<bool> automount{};
  Fact<std::int64_t> replicas{};   // of Deployments and StatefulSets; 1 where none are stated
  bool spread = false;             // constraints or anti-affinity that select its own pods
  bool scaled_to_nothing = false;  // a ReplicaSet or ReplicationController of 0 replicas
};

// All labels of its pods.
inline const Labels& pod_labels_of(const Workload& workload) {
  static const Labels none;
  return workload.containers.empty() ? none : workload.containers.front().container.pod_labels;
}

struct UnresolvedService {
  Metadata metadata{};
  std::string component_label{};
  ServiceObject object{};
};

struct ServiceAccount {
  Metadata metadata{};
  Fact<bool> automount{};
};

// Text of a ConfigMap's key. Kept for the variables that take it.
struct ConfigEntry {
  std::string key{};
  std::string text{};
  bool valid = true;  // false: a number or boolean, which the API server refuses
  Origin origin{};
};

// A Secret, SealedSecret, ExternalSecret or ConfigMap.
struct UnresolvedStore {
  StoredObject object{};
  std::string provides{};              // name of the Secret or ConfigMap that a container refers to
  bool keys_known = true;              // false when an ExternalSecret takes whatever the store has
  bool holds_known_key = false;        // a key of the inventory, or a URL with a password
  std::vector<ConfigEntry> entries{};  // of ConfigMaps, in order of key
};

struct NamespaceObject {
  Metadata metadata{};
  Labels labels{};  // kubernetes.io/metadata.name included
};

struct UnresolvedNetworkPolicy {
  Metadata metadata{};
  NetworkPolicy policy{};  // where its peers are is open
};

// A policy of a kind that is not read.
struct OtherPolicy {
  Metadata metadata{};
  bool cluster_wide = false;
};

struct Objects::Content {
  std::vector<Workload> workloads{};
  std::vector<UnresolvedService> services{};
  std::vector<ServiceAccount> service_accounts{};
  std::vector<UnresolvedStore> stores{};
  std::vector<NamespaceObject> namespaces{};
  std::vector<UnresolvedRoute> routes{};
  std::vector<UnresolvedGateway> gateways{};
  std::vector<UnresolvedBudget> budgets{};
  std::vector<UnresolvedAutoscaler> autoscalers{};
  std::vector<UnresolvedMonitor> monitors{};
  std::vector<UnresolvedNetworkPolicy> policies{};
  std::vector<OtherPolicy> other_policies{};
};

}  // namespace compliance::kubernetes
