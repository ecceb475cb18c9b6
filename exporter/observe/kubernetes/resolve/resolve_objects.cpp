// All files together -> facts of the release.
#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_set>
#include <utility>

#include "exporter/observe/kubernetes/resolve/assign_components.h"
#include "exporter/observe/kubernetes/resolve/resolve_controls.h"
#include "exporter/observe/kubernetes/resolve/resolve_environment.h"
#include "exporter/observe/kubernetes/resolve/resolve_monitors.h"
#include "exporter/observe/kubernetes/resolve/resolve_network.h"
#include "exporter/observe/kubernetes/resolve/resolve_routes.h"
#include "exporter/observe/kubernetes/resolve/resolve_services.h"
#include "exporter/observe/kubernetes/resolve/selection.h"
#include "exporter/observe/kubernetes/resolve/store_index.h"

namespace compliance::kubernetes {
namespace {

// What containers refer to, by index_key.
struct UsedStores {
  std::unordered_set<std::string> secrets{};
  std::unordered_set<std::string> config_maps{};
  std::unordered_set<std::string> namespaces{};  // of the release
};

void note_mounts(const std::vector<Mount>& mounts, const std::string& in, UsedStores& used) {
  for (const Mount& mount : mounts) {
    if (mount.kind == MountKind::kubernetes_secret) {
      used.secrets.insert(index_key(in, mount.source));
    } else if (mount.kind == MountKind::config_map) {
      used.config_maps.insert(index_key(in, mount.source));
    }
  }
}

void note_used(const UnresolvedContainer& open, const std::string& in, UsedStores& used) {
  note_mounts(open.container.mounts, in, used);
  note_mounts(open.container.unmounted_volumes, in, used);
  for (const UnresolvedVariable& variable : open.variables) {
    if (variable.variable.from == ValueFrom::secret_reference) {
      used.secrets.insert(index_key(in, variable.variable.reference_name));
    } else if (variable.variable.from == ValueFrom::config_map) {
      used.config_maps.insert(index_key(in, variable.variable.reference_name));
    }
  }
  for (const EnvironmentSource& source : open.sources) {
    (source.secret ? used.secrets : used.config_maps).insert(index_key(in, source.name));
  }
}

// The pod's own word wins over that of its service account.
Fact<bool> effective_automount(const Workload& workload, const StoreIndex& stores,
                               const std::string& in) {
  if (!workload.automount.absent()) {
    return workload.automount;
  }
  const std::string name = workload.service_account.empty() ? "default" : workload.service_account;
  const ServiceAccount* account = stores.service_account(in, name);
  return account == nullptr || account->automount.absent() ? workload.automount
                                                           : account->automount;
}

class Resolution {
 public:
  Resolution(const std::vector<const Objects*>& files, const KubernetesOptions& options,
             const Selection& selection)
      : options_(options),
        stores_(files, selection.default_namespace),
        network_(files, selection, stores_) {}

  void add(const Workload& workload) {
    const std::string& in = stores_.namespace_of(workload.metadata.object_namespace);
    const Fact<bool> token = effective_automount(workload, stores_, in);
    const std::size_t first = facts_.containers.size();
    used_.namespaces.insert(in);
    for (const UnresolvedContainer& open : workload.containers) {
      Container& container = facts_.containers.emplace_back(open.container);
      container.object_namespace = in;
      container.environment = environments_.link(open, in);
      container.service_account_token = token;
      note_used(open, in, used_);
    }
    const auto containers = std::span{facts_.containers}.subspan(first);
    assign_components(workload, options_, containers);
    network_.add(workload, in, containers);
  }

  void add(const UnresolvedService& service) {
    ServiceObject& object = facts_.services.emplace_back(service.object);
    object.object_namespace = stores_.namespace_of(object.object_namespace);
    object.component = component_of_service(service, options_);
    used_.namespaces.insert(object.object_namespace);
  }

  // Asked for after every workload and Service.
  void add_stores(const Objects& file) {
    for (const UnresolvedStore& store : file.content().stores) {
      const std::string& in = stores_.namespace_of(store.object.object_namespace);
      const auto& names =
          store.object.kind == StoreKind::config_map ? used_.config_maps : used_.secrets;
      const bool used = names.contains(index_key(in, store.provides));
      if (used || (store.holds_known_key && used_.namespaces.contains(in))) {
        StoredObject& object = facts_.stored_objects.emplace_back(store.object);
        object.object_namespace = in;
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
  const KubernetesOptions& options_;
  StoreIndex stores_;
  EnvironmentLinker environments_{stores_};
  NetworkLinker network_;
  UsedStores used_{};
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
  Resolution linker{files, options, selection};
  linker.reserve(count_containers(selection), selection.services.size());
  for (const Workload* workload : selection.workloads) {
    linker.add(*workload);
  }
  for (const UnresolvedService* service : selection.services) {
    linker.add(*service);
  }
  for (const Objects* file : files) {
    linker.add_stores(*file);
  }
  return linker.take();
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
  const LabelIndex pods = pods_of(facts.containers);
  resolve_services(facts.services, facts.containers, pods);
  facts.routes = resolve_routes(files, facts.services, selection.default_namespace);
  facts.workloads = resolve_controls(files, selection, facts.containers);
  facts.namespaces = resolve_namespaces(files, facts.containers);
  facts.scrapes = resolve_monitors(files, facts, pods, selection.default_namespace);
  return facts;
}

void add_facts(KubernetesFacts facts, Installation& installation) {
  if (installation.containers.empty()) {
    installation.containers = std::move(facts.containers);
  } else {
    installation.containers.insert(installation.containers.end(),
                                   std::make_move_iterator(facts.containers.begin()),
                                   std::make_move_iterator(facts.containers.end()));
  }
  installation.services = std::move(facts.services);
  installation.stored_objects = std::move(facts.stored_objects);
  installation.routes = std::move(facts.routes);
  installation.workloads = std::move(facts.workloads);
  installation.namespaces = std::move(facts.namespaces);
  installation.scrapes = std::move(facts.scrapes);
  installation.network = std::move(facts.network);
}

}  // namespace compliance::kubernetes
