// Selects the workloads and Services of the release among all objects.
#include "exporter/observe/kubernetes/resolve/selection.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace compliance::kubernetes {
namespace {

constexpr std::string_view product = "caracal";

// Knows every workload by kind, namespace and name. Objects from files have no uid.
class Owners {
 public:
  explicit Owners(const KubernetesOptions& options) : options_(options) {}

  void add(const Workload& workload) {
    const Metadata& metadata = workload.metadata;
    workloads_[key(metadata.kind, metadata.object_namespace, metadata.name)].push_back(&workload);
  }

  // What controls the object, null when it is not among the files: the pods of a ReplicaSet are
  // judged by it. An owner that was replaced by another of the same name has another uid.
  const Workload* controller_of(const Metadata& metadata) const {
    if (!metadata.controller) {
      return nullptr;
    }
    // Owners are always in the namespace of what they own.
    const Owner& owner = *metadata.controller;
    const auto found = workloads_.find(key(owner.kind, metadata.object_namespace, owner.name));
    if (found == workloads_.end()) {
      return nullptr;
    }
    const auto match = std::find_if(found->second.begin(), found->second.end(),
                                    [&owner](const Workload* workload) {
                                      const std::string& uid = workload->metadata.uid;
                                      return uid.empty() || owner.uid.empty() || uid == owner.uid;
                                    });
    return match == found->second.end() ? nullptr : *match;
  }

 private:
  std::string key(const std::string& kind, const std::string& stated,
                  const std::string& name) const {
    return kind + '/' + (stated.empty() ? options_.default_namespace : stated) + '/' + name;
  }

  const KubernetesOptions& options_;
  std::unordered_map<std::string, std::vector<const Workload*>> workloads_{};
};

// By what it states, wherever it stands.
SecurityFacts without_places(SecurityFacts facts) {
  for (Fact<bool>* fact : {&facts.privileged, &facts.host_process, &facts.no_new_privileges,
                           &facts.read_only_root, &facts.run_as_non_root}) {
    fact->origin = {};
  }
  for (Fact<std::string>* fact :
       {&facts.user, &facts.seccomp, &facts.app_armor, &facts.proc_mount}) {
    fact->origin = {};
  }
  facts.run_as_user.origin = {};
  for (auto* capabilities : {&facts.capabilities_dropped, &facts.capabilities_added}) {
    for (Located<std::string>& capability : *capabilities) {
      capability.origin = {};
    }
  }
  for (auto* options : {&facts.selinux, &facts.sysctls}) {
    for (Located<NameValue>& option : *options) {
      option.origin = {};
    }
  }
  return facts;
}

// True when the owner declares a container of that name with the same image and rights. Other
// fields of a running container cannot be changed, or a server fills them in.
bool is_declared_so(const Container& running, const Workload& owner) {
  return std::any_of(
      owner.containers.begin(), owner.containers.end(), [&running](const auto& open) {
        const Container& declared = open.container;
        const Image& image = declared.image;
        return declared.name == running.name && declared.role == running.role &&
               image.repository == running.image.repository && image.tag == running.image.tag &&
               image.digest == running.image.digest &&
               without_places(declared.security) == without_places(running.security);
      });
}

// The containers of an owned Pod that its owner does not declare so.
ChangedPod changes_of(const Workload& pod, const Workload& owner) {
  ChangedPod changed{.pod = &pod};
  for (std::size_t number = 0; number < pod.containers.size(); ++number) {
    if (!is_declared_so(pod.containers[number].container, owner)) {
      changed.containers.push_back(number);
    }
  }
  return changed;
}

// By app.kubernetes.io/name: names of objects differ from release to release (FACTS.md T67, T68).
template <class Pods>
bool is_product(const Pods& pods) {
  return pods.metadata.labels.name == product || pods.pod_labels.name == product;
}

bool is_product(const UnresolvedService& service) {
  return service.metadata.labels.name == product;
}

// The release that an object belongs to; empty without a label.
template <class Pods>
const std::string& instance_of(const Pods& pods) {
  const std::string& own = pods.metadata.labels.instance;
  return own.empty() ? pods.pod_labels.instance : own;
}

const std::string& instance_of(const UnresolvedService& service) {
  return service.metadata.labels.instance;
}

// All workloads that nothing among the files controls and that are not scaled to nothing, and all
// Services.
Selection everything(const std::vector<const Objects*>& files, const KubernetesOptions& options) {
  Owners owners{options};
  Selection all;
  for (const Objects* file : files) {
    for (const Workload& workload : file->content().workloads) {
      owners.add(workload);
      all.workloads.push_back(&workload);
    }
    for (const UnresolvedService& service : file->content().services) {
      all.services.push_back(&service);
    }
    for (const UnjudgedWorkload& workload : file->content().unjudged) {
      all.unjudged.push_back(&workload);
    }
  }
  std::erase_if(all.workloads, [&owners, &all](const Workload* workload) {
    const Workload* owner = owners.controller_of(workload->metadata);
    if (owner != nullptr && workload->metadata.kind == "Pod") {
      all.changed_pods.push_back(changes_of(*workload, *owner));
    }
    return workload->scaled_to_nothing || owner != nullptr;
  });
  std::erase_if(all.changed_pods,
                [](const ChangedPod& changed) { return changed.containers.empty(); });
  return all;
}

// Instances of the product, with one object of each.
using Instances = std::map<std::string, Origin>;

// Adds the instances of the objects that are the product's.
template <class Object>
void note_instances(const std::vector<const Object*>& objects, Instances& instances) {
  for (const Object* object : objects) {
    if (is_product(*object) && !instance_of(*object).empty()) {
      instances.emplace(instance_of(*object), object->metadata.origin);
    }
  }
}

template <class Object>
bool any_product(const std::vector<const Object*>& objects) {
  return std::any_of(objects.begin(), objects.end(),
                     [](const Object* object) { return is_product(*object); });
}

// What is the product's and of the release, and the rest.
template <class Object>
struct Parted {
  std::vector<const Object*> kept{};
  std::vector<const Object*> others{};
};

// True for what is the product's and of the release. An empty release takes every instance.
template <class Object>
bool is_of_release(const Object& object, const std::string& release) {
  return is_product(object) && (release.empty() || instance_of(object) == release);
}

template <class Object>
Parted<Object> part_by_release(const std::vector<const Object*>& objects,
                               const std::string& release) {
  Parted<Object> parted;
  for (const Object* object : objects) {
    (is_of_release(*object, release) ? parted.kept : parted.others).push_back(object);
  }
  return parted;
}

// For a message, in order of name. Used for namespaces as well.
std::string names_of(const Instances& instances) {
  std::string names;
  for (const auto& [name, origin] : instances) {
    names += (names.empty() ? "" : ", ") + name;
  }
  return names;
}

// Leaves what other namespaces hold to other installations; its pods are there for selectors.
void keep_own_namespace(Selection& selection) {
  std::erase_if(selection.workloads, [&selection](const Workload* workload) {
    const bool foreign = !selection.covers(workload->metadata.object_namespace);
    if (foreign) {
      selection.foreign_workloads.push_back(workload);
    }
    return foreign;
  });
  const auto is_foreign = [&selection](const auto* object) {
    return !selection.covers(object->metadata.object_namespace);
  };
  std::erase_if(selection.services, is_foreign);
  std::erase_if(selection.unjudged, is_foreign);
  std::erase_if(selection.changed_pods,
                [&is_foreign](const ChangedPod& changed) { return is_foreign(changed.pod); });
}

// The namespaces that objects of the release state, with one object of each.
Instances namespaces_of(const Selection& selection) {
  Instances stated;
  for (const Workload* workload : selection.workloads) {
    stated.emplace(workload->metadata.object_namespace, workload->metadata.origin);
  }
  for (const UnresolvedService* service : selection.services) {
    stated.emplace(service->metadata.object_namespace, service->metadata.origin);
  }
  stated.erase("");
  return stated;
}

// Why the release cannot be told: several are there and none is configured, or the configured one
// is not there.
std::optional<LocatedFault> ambiguity(const Instances& instances, const std::string& release) {
  if (release.empty() && instances.size() > 1) {
    return LocatedFault{
        .origin = std::next(instances.begin())->second,
        .fault = {.reason = UnknownReason::unresolved_reference,
                  .message = "several instances of Caracal are among the objects (" +
                             names_of(instances) + "): say which one with 'release'"}};
  }
  if (!release.empty() && !instances.contains(release)) {
    return LocatedFault{.origin = instances.empty() ? Origin{.source = Source::kubernetes}
                                                    : instances.begin()->second,
                        .fault = {.reason = UnknownReason::missing_object,
                                  .message = "no instance '" + release +
                                             "' of Caracal is among the objects, only " +
                                             (instances.empty() ? "ones without an instance label"
                                                                : names_of(instances))}};
  }
  return std::nullopt;
}

// The namespace of objects that state none: the only one that any object states, else the only one
// of the release, which gives `own`.
std::string only_namespace(const std::vector<const Objects*>& files, const Instances& own) {
  std::set<std::string> stated;
  for (const Objects* file : files) {
    stated.insert(file->content().namespaces_named.begin(), file->content().namespaces_named.end());
  }
  if (stated.size() == 1) {
    return *stated.begin();
  }
  return own.size() == 1 ? own.begin()->first : std::string{};
}

}  // namespace

ParseResult<Selection> select_release(const std::vector<const Objects*>& files,
                                      const KubernetesOptions& options) {
  Selection selection = everything(files, options);
  selection.confined = !options.default_namespace.empty();
  selection.default_namespace = options.default_namespace;
  keep_own_namespace(selection);
  // Without the label everything among the files is taken for the release: a hand-written
  // installation need not have it.
  if (any_product(selection.workloads) || any_product(selection.services)) {
    Instances instances;
    note_instances(selection.workloads, instances);
    note_instances(selection.services, instances);
    if (auto fault = ambiguity(instances, options.release)) {
      return std::move(*fault);
    }
    selection.labelled = true;
    selection.instance = instances.size() == 1 ? instances.begin()->first : options.release;
    auto workloads = part_by_release(selection.workloads, options.release);
    selection.workloads = std::move(workloads.kept);
    selection.foreign_workloads.insert(selection.foreign_workloads.end(), workloads.others.begin(),
                                       workloads.others.end());
    selection.services = part_by_release(selection.services, options.release).kept;
    selection.unjudged = part_by_release(selection.unjudged, options.release).kept;
    std::erase_if(selection.changed_pods, [&options](const ChangedPod& changed) {
      return !is_of_release(*changed.pod, options.release);
    });
  }
  const Instances own = namespaces_of(selection);
  if (own.size() > 1) {
    return LocatedFault{
        .origin = std::next(own.begin())->second,
        .fault = {.reason = UnknownReason::unresolved_reference,
                  .message = "the release is in several namespaces (" + names_of(own) +
                             "): say which one with kubernetes.namespace"}};
  }
  if (!selection.confined) {
    selection.default_namespace = only_namespace(files, own);
  }
  return selection;
}

}  // namespace compliance::kubernetes
