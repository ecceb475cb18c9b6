// Resolves the objects of all files together -> facts of the release.
#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "exporter/observe/component_rules.h"
#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/resolve/resolve_controls.h"
#include "exporter/observe/kubernetes/resolve/resolve_environment.h"
#include "exporter/observe/kubernetes/resolve/resolve_monitors.h"
#include "exporter/observe/kubernetes/resolve/resolve_network.h"
#include "exporter/observe/kubernetes/resolve/resolve_routes.h"
#include "exporter/observe/kubernetes/resolve/resolve_services.h"
#include "exporter/observe/kubernetes/resolve/selection.h"
#include "exporter/observe/kubernetes/resolve/store_index.h"
#include "exporter/observe/kubernetes/resolve/unreadable.h"

namespace compliance::kubernetes {
namespace {

// The pod's label before that of the object around it: the pod is what runs.
const std::string& first_stated(const std::string& preferred, const std::string& otherwise) {
  return preferred.empty() ? otherwise : preferred;
}

// What a container says about itself, without its pod.
ComponentClues own_clues(const Container& container) {
  return {.name = container.name,
          .command = container.command,
          .image_repository = container.image.repository};
}

// Init containers, ephemeral ones and sidecars are never what the pod is called.
bool may_be_named(const Container& container) {
  return container.role == ContainerRole::main && !container.injected;
}

// The main container that label and workload name speak for: the one that is that component by
// what it says itself, else the first.
const Container* named_container(std::span<const Container> containers, Component named) {
  const Container* first = nullptr;
  for (const Container& container : containers) {
    if (!may_be_named(container)) {
      continue;
    }
    if (named != Component::other && component_of(own_clues(container), {}) == named) {
      return &container;
    }
    first = first == nullptr ? &container : first;
  }
  return first;
}

// Tags of images that are not Caracal's say nothing about its release.
std::optional<Release> release_of(const Container& container, const std::string& version) {
  if (!is_packaged(container.component)) {
    return std::nullopt;
  }
  const auto tagged = parse_release(container.image.tag);
  return tagged ? tagged : parse_release(version);
}

// Sets component, injected and release of the containers of one pod. The component label and a
// configured workload name speak for one main container, not for those beside it.
void assign_components(const Workload& workload, const KubernetesOptions& options,
                       std::span<Container> containers) {
  for (Container& container : containers) {
    container.injected =
        std::find(options.injected_containers.begin(), options.injected_containers.end(),
                  container.name) != options.injected_containers.end();
  }
  const ComponentClues pod{
      .workload = workload.metadata.name,
      .label = first_stated(workload.pod_labels.component, workload.metadata.labels.component)};
  const std::string& version =
      first_stated(workload.pod_labels.version, workload.metadata.labels.version);
  const Container* named = named_container(containers, component_of(pod, options.components));
  for (Container& container : containers) {
    ComponentClues clues = own_clues(container);
    if (&container == named) {
      clues.workload = pod.workload;
      clues.label = pod.label;
    }
    container.component =
        container.injected ? Component::other : component_of(clues, options.components);
    container.release = release_of(container, &container == named ? version : std::string{});
  }
}

// The component that a Service is named for: by label, else by the rules for names; a release name
// in front is ignored.
Component component_of_service(const UnresolvedService& service, const KubernetesOptions& options) {
  ComponentClues clues{.name = service.metadata.name,
                       .workload = service.metadata.name,
                       .label = service.component_label};
  const std::string release = service.metadata.labels.instance + "-";
  if (release.size() > 1 && clues.name.compare(0, release.size(), release) == 0) {
    clues.name.erase(0, release.size());
  }
  return component_of(clues, options.components);
}

// Secrets and ConfigMaps that containers of the release refer to, and its namespaces. By index_key.
struct UsedStores {
  std::unordered_set<std::string> secrets{};
  std::unordered_set<std::string> config_maps{};
  std::unordered_set<std::string> namespaces{};  // of the release
};

// Secrets and ConfigMaps that volumes take whole or in part.
void note_mounts(const std::vector<Mount>& mounts, const std::string& ns, UsedStores& used) {
  for (const Mount& mount : mounts) {
    if (mount.kind == MountKind::kubernetes_secret) {
      used.secrets.insert(index_key(ns, mount.source));
    } else if (mount.kind == MountKind::config_map) {
      used.config_maps.insert(index_key(ns, mount.source));
    }
  }
}

// Volumes that no container mounts count too: the pod declares them.
void note_used(const UnresolvedContainer& open, const std::string& ns, UsedStores& used) {
  note_mounts(open.container.mounts, ns, used);
  note_mounts(open.container.unmounted_volumes, ns, used);
  for (const UnresolvedVariable& variable : open.variables) {
    if (variable.variable.from == ValueFrom::secret_reference) {
      used.secrets.insert(index_key(ns, variable.variable.reference_name));
    } else if (variable.variable.from == ValueFrom::config_map) {
      used.config_maps.insert(index_key(ns, variable.variable.reference_name));
    }
  }
  for (const EnvironmentSource& source : open.sources) {
    (source.secret ? used.secrets : used.config_maps).insert(index_key(ns, source.name));
  }
}

// Kubernetes gives a pod that names none the account "default".
std::string account_name(const Workload& workload) {
  return workload.service_account.empty() ? "default" : workload.service_account;
}

// The Secrets of image registries: the pod's own, else those of its service account.
void note_pull_secrets(const Workload& workload, const ServiceAccount* account,
                       const std::string& ns, UsedStores& used) {
  const bool by_account = workload.pull_secrets.empty() && account != nullptr;
  for (const std::string& name : by_account ? account->pull_secrets : workload.pull_secrets) {
    used.secrets.insert(index_key(ns, name));
  }
}

// The pod's own word wins over that of its service account.
Fact<bool> effective_automount(const Workload& workload, const ServiceAccount* account) {
  if (!workload.automount.absent()) {
    return workload.automount;
  }
  return account == nullptr || account->automount.absent() ? workload.automount
                                                           : account->automount;
}

// Resolves what needs the indexes over all files: containers, Services, stores, policies.
class Resolution {
 public:
  Resolution(const std::vector<const Objects*>& files, const KubernetesOptions& options,
             const Selection& selection)
      : options_(options),
        stores_(files, selection.default_namespace),
        unread_accounts_(unreadable_by(
            files, {"ServiceAccount"},
            [this](const Metadata& metadata) {
              return index_key(stores_.namespace_of(metadata.object_namespace), metadata.name);
            })),
        network_(files, selection, stores_) {}

  void add(const Workload& workload) {
    const std::string& ns = stores_.namespace_of(workload.metadata.object_namespace);
    const ServiceAccount* account = stores_.service_account(ns, account_name(workload));
    const Fact<bool> token = token_of(workload, account, ns);
    note_pull_secrets(workload, account, ns, used_);
    const std::size_t first = facts_.containers.size();
    used_.namespaces.insert(ns);
    for (const UnresolvedContainer& open : workload.containers) {
      facts_.containers.push_back(resolved(open, ns, token));
    }
    const auto containers = std::span{facts_.containers}.subspan(first);
    assign_components(workload, options_, containers);
    network_.add(workload, ns, containers);
  }

  // Only what changed is added: the owner speaks for the rest, and for the pod in the network.
  void add(const ChangedPod& changed) {
    const Workload& pod = *changed.pod;
    const std::string& ns = stores_.namespace_of(pod.metadata.object_namespace);
    const Fact<bool> token = token_of(pod, stores_.service_account(ns, account_name(pod)), ns);
    std::vector<Container> containers;
    for (const UnresolvedContainer& open : pod.containers) {
      containers.push_back(resolved(open, ns, token));
    }
    assign_components(pod, options_, containers);
    for (const std::size_t number : changed.containers) {
      facts_.containers.push_back(std::move(containers.at(number)));
    }
  }

  void add(const UnresolvedService& service) {
    ServiceObject& object = facts_.services.emplace_back(service.object);
    object.object_namespace = stores_.namespace_of(object.object_namespace);
    object.component = component_of_service(service, options_);
    used_.namespaces.insert(object.object_namespace);
    services_.insert(index_key(object.object_namespace, object.name));
  }

  // Asked for after every Service, before the stores: Secrets of routes that lead to the release.
  void add(const UnresolvedRoute& route) {
    const std::string& ns = stores_.namespace_of(route.object_namespace);
    const bool leads_here =
        std::any_of(route.backends.begin(), route.backends.end(), [&](const auto& backend) {
          const std::string& stated = backend.service_namespace.empty() ? route.object_namespace
                                                                        : backend.service_namespace;
          return services_.contains(index_key(stores_.namespace_of(stated), backend.service));
        });
    if (!leads_here) {
      return;
    }
    for (const std::string& secret : route.tls_secrets) {
      used_.secrets.insert(index_key(ns, secret));
    }
  }

  // Asked for after every workload and Service. Keeps the stores that the release uses, and those
  // beside it that hold what looks like one of its secrets.
  void add_stores(const Objects& file) {
    for (const UnresolvedStore& store : file.content().stores) {
      const std::string& ns = stores_.namespace_of(store.object.object_namespace);
      const auto& names =
          store.object.kind == StoreKind::config_map ? used_.config_maps : used_.secrets;
      const bool used = names.contains(index_key(ns, store.provides));
      if (used || (store.holds_known_key && used_.namespaces.contains(ns))) {
        StoredObject& object = facts_.stored_objects.emplace_back(store.object);
        object.object_namespace = ns;
        object.used_by_caracal = used;
      }
    }
  }

  void reserve(std::size_t containers, std::size_t services) {
    facts_.containers.reserve(containers);
    facts_.services.reserve(services);
  }

  KubernetesFacts take() {
    facts_.network = network_.take();
    return std::move(facts_);
  }

 private:
  // Whether a token is mounted; a fault where an account decides that could not be read.
  Fact<bool> token_of(const Workload& workload, const ServiceAccount* account,
                      const std::string& ns) const {
    Fact<bool> token = effective_automount(workload, account);
    const auto unread = unread_accounts_.find(index_key(ns, account_name(workload)));
    if (token.absent() && account == nullptr && unread != unread_accounts_.end()) {
      token.fault = unread->second->fault;
    }
    return token;
  }

  // With what the objects around the container decide, but for its component.
  Container resolved(const UnresolvedContainer& open, const std::string& ns,
                     const Fact<bool>& token) {
    Container container = open.container;
    container.object_namespace = ns;
    container.environment = environments_.resolve(open, ns);
    container.service_account_token = token;
    note_used(open, ns, used_);
    return container;
  }

  const KubernetesOptions& options_;
  StoreIndex stores_;
  // By index_key: what they say of tokens is not known.
  std::unordered_map<std::string, const UnreadableObject*> unread_accounts_;
  EnvironmentResolver environments_{stores_};
  NetworkResolver network_;
  UsedStores used_{};
  std::unordered_set<std::string> services_{};  // of the release, by index_key
  KubernetesFacts facts_{};
};

std::size_t count_containers(const Selection& selection) {
  std::size_t count = 0;
  for (const Workload* workload : selection.workloads) {
    count += workload->containers.size();
  }
  return count;
}

// What is looked up on the way is gone when this returns: the indexes are large.
KubernetesFacts resolve_workloads(const std::vector<const Objects*>& files,
                                  const KubernetesOptions& options, const Selection& selection) {
  Resolution resolver{files, options, selection};
  resolver.reserve(count_containers(selection), selection.services.size());
  for (const Workload* workload : selection.workloads) {
    resolver.add(*workload);
  }
  for (const ChangedPod& changed : selection.changed_pods) {
    resolver.add(changed);
  }
  for (const UnresolvedService* service : selection.services) {
    resolver.add(*service);
  }
  for (const Objects* file : files) {
    for (const UnresolvedRoute& route : file->content().routes) {
      if (selection.covers(route.object_namespace)) {
        resolver.add(route);
      }
    }
  }
  for (const Objects* file : files) {
    resolver.add_stores(*file);
  }
  return resolver.take();
}

}  // namespace

ParseResult<KubernetesFacts> resolve_objects(const std::vector<const Objects*>& files,
                                             const KubernetesOptions& options) {
  auto selected = select_release(files, options);
  if (!selected) {
    return selected.error();
  }
  const Selection& selection = selected.value();
  KubernetesFacts facts = resolve_workloads(files, options, selection);
  // Services come first: routes and monitors go by what they lead to.
  const LabelIndex pods = pods_of(facts.containers);
  resolve_services(facts.services, facts.containers, pods);
  facts.routes = resolve_routes(files, facts.services, selection);
  facts.workloads = resolve_controls(files, selection, facts.containers);
  facts.namespaces = resolve_namespaces(files, facts.containers);
  facts.scrapes = resolve_monitors(files, facts, pods, selection.default_namespace);
  for (const UnjudgedWorkload* workload : selection.unjudged) {
    const Metadata& metadata = workload->metadata;
    facts.unjudged.push_back(
        {.value = metadata.kind + " " + metadata.name, .origin = metadata.origin});
  }
  return facts;
}

}  // namespace compliance::kubernetes
