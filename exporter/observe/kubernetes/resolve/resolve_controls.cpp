// Finds what keeps the workloads of the release available: autoscalers and disruption budgets.
#include "exporter/observe/kubernetes/resolve/resolve_controls.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "exporter/observe/kubernetes/resolve/label_index.h"
#include "exporter/observe/kubernetes/resolve/namespaces.h"
#include "exporter/observe/kubernetes/resolve/store_index.h"
#include "exporter/observe/kubernetes/resolve/unreadable.h"

namespace compliance::kubernetes {
namespace {

// Kinds whose replicas an operator chooses.
bool is_scaled(const Workload& workload) {
  return !workload.containers.empty() &&
         (workload.metadata.kind == "Deployment" || workload.metadata.kind == "StatefulSet");
}

std::string kind_and_name(const UnreadableObject& unread) {
  return unread.metadata.kind + " " + unread.metadata.name;
}

// A fact of the object, none of which is known.
template <class T>
Fact<T> unread_fact(const UnreadableObject& unread) {
  return {.origin = unread.metadata.origin,
          .fault =
              Fault{.reason = unread.fault.reason,
                    .message = kind_and_name(unread) + " cannot be read: " + unread.fault.message}};
}

// Takes workloads first, then autoscalers, then budgets: each needs what came before.
class ControlResolver {
 public:
  ControlResolver(const Selection& selection, const std::vector<Container>& containers)
      : default_namespace_(selection.default_namespace) {
    for (const Container& container : containers) {
      note_component(container);
    }
    for (const Workload* workload : selection.workloads) {
      if (is_scaled(*workload)) {
        add(*workload);
      }
    }
  }

  // Autoscalers of workloads that are not the release's are left out.
  void add(const UnresolvedAutoscaler& open) {
    // An autoscaler can only target what is in its own namespace.
    const auto found = by_name_.find(
        index_key(namespace_of(open.object_namespace), open.target_kind + " " + open.target_name));
    if (found == by_name_.end()) {
      return;
    }
    std::optional<Autoscaler>& known = workloads_[found->second].autoscaler;
    // What cannot be read counts as none at all, so that it is not hidden by another.
    if (!known || open.autoscaler.minimum.value.value_or(-1) < known->minimum.value.value_or(-1)) {
      known = open.autoscaler;
    }
  }

  // Asked for after every autoscaler: they decide how many pods there are. A budget counts all pods
  // that it selects, of several workloads together.
  void add(const UnresolvedBudget& open) {
    if (!open.selector) {
      return;
    }
    const auto selected = index_.matching(namespace_of(open.object_namespace), *open.selector);
    DisruptionBudget budget = open.budget;
    for (const std::size_t number : selected) {
      budget.selected_pods += least_pods(workloads_[number]).value.value_or(0);
    }
    for (const std::size_t number : selected) {
      workloads_[number].budgets.push_back(budget);
    }
  }

  // Asked for at the end: a control that could not be read may be that of a workload which has
  // none.
  void add_unreadable(const std::vector<const Objects*>& files) {
    const auto by_namespace = [this](const Metadata& metadata) {
      return namespace_of(metadata.object_namespace);
    };
    const auto budgets = unreadable_by(files, {"PodDisruptionBudget"}, by_namespace);
    const auto autoscalers =
        unreadable_by(files, {"HorizontalPodAutoscaler", "ScaledObject"}, by_namespace);
    for (WorkloadControls& workload : workloads_) {
      const auto budget = budgets.find(workload.object_namespace);
      if (budget != budgets.end() && workload.budgets.empty()) {
        workload.budgets.push_back({.object = kind_and_name(*budget->second),
                                    .min_available = unread_fact<PodAmount>(*budget->second),
                                    .origin = budget->second->metadata.origin});
      }
      const auto autoscaler = autoscalers.find(workload.object_namespace);
      if (autoscaler != autoscalers.end() && !workload.autoscaler) {
        workload.autoscaler = Autoscaler{.object = kind_and_name(*autoscaler->second),
                                         .minimum = unread_fact<std::int64_t>(*autoscaler->second)};
      }
    }
  }

  const std::string& namespace_of(const std::string& stated) const {
    return stated.empty() ? default_namespace_ : stated;
  }

  std::vector<WorkloadControls> take() { return std::move(workloads_); }

 private:
  // The component of a pod: that of its first main container that is one of Caracal's own, else
  // that of the first main one.
  void note_component(const Container& container) {
    if (container.role != ContainerRole::main || container.injected) {
      return;
    }
    const auto [found, fresh] = components_.try_emplace(
        index_key(container.object_namespace, container.workload), container.component);
    if (!fresh && !is_packaged(found->second)) {
      found->second = is_packaged(container.component) ? container.component : found->second;
    }
  }

  void add(const Workload& workload) {
    const std::string& ns = namespace_of(workload.metadata.object_namespace);
    const std::string object = workload.metadata.kind + " " + workload.metadata.name;
    const std::string key = index_key(ns, object);
    const auto component = components_.find(key);
    by_name_[key] = workloads_.size();
    index_.add(ns, pod_labels_of(workload));
    workloads_.push_back(
        {.object = object,
         .object_namespace = ns,
         .component = component == components_.end() ? Component::other : component->second,
         .replicas = workload.replicas,
         .spread = workload.spread,
         .origin = workload.metadata.origin});
  }

  const std::string& default_namespace_;
  std::unordered_map<std::string, Component> components_{};
  std::unordered_map<std::string, std::size_t> by_name_{};
  LabelIndex index_{};
  std::vector<WorkloadControls> workloads_{};
};

}  // namespace

std::vector<WorkloadControls> resolve_controls(const std::vector<const Objects*>& files,
                                               const Selection& selection,
                                               const std::vector<Container>& containers) {
  ControlResolver resolver{selection, containers};
  // A budget that stands in several files is one: the last counts, as if applied in order.
  std::map<std::string, const UnresolvedBudget*> budgets;
  for (const Objects* file : files) {
    for (const UnresolvedAutoscaler& autoscaler : file->content().autoscalers) {
      resolver.add(autoscaler);
    }
    for (const UnresolvedBudget& budget : file->content().budgets) {
      budgets[index_key(resolver.namespace_of(budget.object_namespace), budget.name)] = &budget;
    }
  }
  // In order of name, so that the order of files changes no finding.
  for (const auto& [key, budget] : budgets) {
    resolver.add(*budget);
  }
  resolver.add_unreadable(files);
  return resolver.take();
}

std::vector<ReleaseNamespace> resolve_namespaces(const std::vector<const Objects*>& files,
                                                 const std::vector<Container>& containers) {
  constexpr auto label = "pod-security.kubernetes.io/enforce";
  std::set<std::string> used;
  for (const Container& container : containers) {
    used.insert(container.object_namespace);
  }
  const NamespaceIndex index{files};
  std::vector<ReleaseNamespace> namespaces;
  for (const std::string& name : used) {
    const NamespaceObject* object = index.find(name);
    if (object == nullptr) {
      continue;
    }
    ReleaseNamespace& known =
        namespaces.emplace_back(ReleaseNamespace{.name = name,
                                                 .enforced = {.origin = object->metadata.origin},
                                                 .origin = object->metadata.origin});
    if (const auto found = object->labels.find(label); found != object->labels.end()) {
      known.enforced.value = found->second;
    }
  }
  return namespaces;
}

}  // namespace compliance::kubernetes
