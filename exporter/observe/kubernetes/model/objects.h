// The objects of one manifest file as parse_objects keeps them: facts that an object alone decides;
// references (Unresolved*) are resolved once all files are known.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checks/facts/exposure.h"
#include "checks/facts/label_selector.h"
#include "checks/facts/network_policy.h"
#include "checks/facts/scrape_monitor.h"
#include "checks/facts/workload_controls.h"
#include "exporter/observe/kubernetes/model/kubernetes.h"

namespace compliance::kubernetes {

// A Service that a route sends requests to.
struct UnresolvedBackend {
  std::string service{};
  std::string service_namespace{};  // empty: that of the routing object
};

// A host in lower case, empty for every one, with the TLS that the object itself states for it, and
// by what it is served in clear whatever the TLS.
struct UnresolvedHost {
  std::string host{};
  Fact<std::string> tls{};
  Fact<std::string> clear{};
  Origin origin{};
};

// The Gateway that a route binds itself to, and what it wants of it.
struct UnresolvedParent {
  std::string gateway{};
  std::string gateway_namespace{};  // empty: that of the route
  std::string listener{};           // empty: any
  std::uint16_t port = 0;           // 0: any
  std::optional<Fault> fault{};     // bound to something that is no Gateway
};

// Hosts that share their backends: a rule of an Ingress, a whole HTTPRoute.
struct UnresolvedRoute {
  RouteKind kind = RouteKind::ingress;
  std::string object{};
  std::string object_namespace{};       // as stated
  std::vector<UnresolvedHost> hosts{};  // at least one
  std::vector<UnresolvedBackend> backends{};
  std::vector<UnresolvedParent> parents{};  // none: TLS is stated by the object itself
  std::vector<std::string> protocols{};     // of the listeners that take it; none: all
  bool redirects_clear = false;             // requests in clear are only redirected to https
  std::vector<std::string> tls_secrets{};   // names of Secrets with certificates and their keys
  Origin origin{};
};

// Which hosts a listener takes, of routes in which namespace.
struct ListenerHost {
  std::string host{};
  std::string from{};  // "*": every namespace, ".": that of the Gateway, else a name
};

// A listener of a Gateway, or a server of Istio's.
struct UnresolvedListener {
  std::string name{};
  std::uint16_t port = 0;
  std::string protocol{};  // upper case
  bool tls = false;
  std::vector<ListenerHost> hosts{};
  Origin origin{};
};

// A Gateway of the Gateway API or of Istio.
struct UnresolvedGateway {
  RouteKind kind = RouteKind::gateway_route;
  std::string name{};
  std::string object_namespace{};  // as stated
  std::vector<UnresolvedListener> listeners{};
};

// A PodDisruptionBudget before its pods are found.
struct UnresolvedBudget {
  std::string name{};
  std::string object_namespace{};           // as stated
  std::optional<LabelSelector> selector{};  // nothing: it selects no pod
  DisruptionBudget budget{};
};

// A HorizontalPodAutoscaler or a ScaledObject before its workload is found.
struct UnresolvedAutoscaler {
  std::string object_namespace{};  // as stated
  std::string target_kind{};
  std::string target_name{};
  Autoscaler autoscaler{};
};

// One endpoint of a monitor. Ports are named by the Service or by the container, or numbered; none
// of the three: every port.
struct UnresolvedEndpoint {
  std::string service_port{};
  std::string container_port{};
  std::uint16_t container_number = 0;
  ScrapeCredential credential = ScrapeCredential::none;
  Origin origin{};
};

// A ServiceMonitor or PodMonitor before what it selects is found.
struct UnresolvedMonitor {
  std::string object{};
  std::string object_namespace{};  // as stated
  bool of_pods = false;            // a PodMonitor; else it selects Services
  LabelSelector selector{};
  bool every_namespace = false;
  std::vector<std::string> namespaces{};        // none: its own
  std::vector<UnresolvedEndpoint> endpoints{};  // those that ask for metrics of Caracal
};

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

// The parts of `metadata` that decide which objects belong together.
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

// One entry of `env`: a Variable whose reference is not followed yet. With `optional` a reference
// that leads nowhere leaves the variable unset.
struct UnresolvedVariable {
  Variable variable{};
  bool optional = false;
};

// One entry of `envFrom`. With `optional` a ConfigMap that is not among the objects is no fault;
// a Secret may be in the cluster all the same.
struct EnvironmentSource {
  bool secret = false;  // else a ConfigMap
  std::string name{};
  std::string prefix{};
  bool optional = false;
  Origin origin{};
};

// The facts of a container that its own object decides: everything but environment, component,
// release, namespace and service account.
struct UnresolvedContainer {
  Container container{};
  std::vector<UnresolvedVariable> variables{};
  std::vector<EnvironmentSource> sources{};
};

// A Pod, or an object with a pod template.
struct Workload {
  Metadata metadata{};
  ReleaseLabels pod_labels{};
  std::vector<UnresolvedContainer> containers{};
  std::string service_account{};
  std::vector<std::string> pull_secrets{};  // names of Secrets
  // automountServiceAccountToken of the pod; absent: the service account decides.
  Fact<bool> automount{};
  Fact<std::int64_t> replicas{};   // of Deployments and StatefulSets; 1 where none are stated
  bool spread = false;             // constraints or anti-affinity that select its own pods
  bool scaled_to_nothing = false;  // a ReplicaSet or ReplicationController of 0 replicas
};

// All labels of its pods; none for a workload without containers.
inline const Labels& pod_labels_of(const Workload& workload) {
  static const Labels none;
  return workload.containers.empty() ? none : workload.containers.front().container.pod_labels;
}

// A Service before its pods are found.
struct UnresolvedService {
  Metadata metadata{};
  std::string component_label{};
  ServiceObject object{};
};

// A ServiceAccount by what it says about tokens.
struct ServiceAccount {
  Metadata metadata{};
  // Absent: tokens are mounted, the API's default.
  Fact<bool> automount{};
  std::vector<std::string> pull_secrets{};  // of pods that name none
};

// Text of a ConfigMap's key. Kept for the variables that take it.
struct ConfigEntry {
  std::string key{};
  std::string text{};
  bool valid = true;  // false: a number or boolean, which the API server refuses
  Origin origin{};
};

// A Secret, SealedSecret, ExternalSecret or ConfigMap, in one shape, since containers refer to what
// they provide and not to them.
struct UnresolvedStore {
  StoredObject object{};
  std::string provides{};              // name of the Secret or ConfigMap that a container refers to
  bool keys_known = true;              // false when an ExternalSecret takes whatever the store has
  bool holds_known_key = false;        // a key of the inventory, or a URL with a password
  std::vector<ConfigEntry> entries{};  // of ConfigMaps, in order of key
};

// The label that the API server adds to each namespace; its value is the name.
inline constexpr auto namespace_name_label = "kubernetes.io/metadata.name";

// A Namespace among the files.
struct NamespaceObject {
  Metadata metadata{};
  Labels labels{};  // namespace_name_label included
};

// A NetworkPolicy whose defaults are filled in.
struct UnresolvedNetworkPolicy {
  Metadata metadata{};
  NetworkPolicy policy{};  // where its peers are is open
};

// A policy of a kind that is not read.
struct OtherPolicy {
  Metadata metadata{};
  bool cluster_wide = false;
};

// An object of a kind that is not read, although it makes pods: a Rollout, a DeploymentConfig.
struct UnjudgedWorkload {
  Metadata metadata{};
  ReleaseLabels pod_labels{};
};

// An object that could not be read. What it would have said is not known: that nothing else says
// it proves nothing.
struct UnreadableObject {
  Metadata metadata{};
  Fault fault{};
};

// The objects of one file, by what they are read for; each list in the order of the file.
struct ParsedManifests {
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
  std::vector<UnjudgedWorkload> unjudged{};
  std::set<std::string> namespaces_named{};  // by the objects in their metadata
  std::vector<UnreadableObject> unreadable{};
  // What could not be read: whole documents and single objects. The rest is evidence all the same.
  std::vector<LocatedFault> faults{};
};

}  // namespace compliance::kubernetes
