// Selects the workloads and Services of the release among all objects.
#pragma once

#include <string>
#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"

namespace compliance::kubernetes {

// A Pod whose owner is among the objects, with the containers that the owner does not declare so:
// an image that was set on the Pod, ephemeral and injected containers.
struct ChangedPod {
  const Workload* pod = nullptr;
  std::vector<std::size_t> containers{};  // of the pod, by number
};

// The objects of the release; pointers into the files.
struct Selection {
  std::vector<const Workload*> workloads{};
  std::vector<const UnresolvedService*> services{};
  std::vector<const Workload*> foreign_workloads{};  // what is not the release's
  std::vector<ChangedPod> changed_pods{};            // what else controls is left out
  std::vector<const UnjudgedWorkload*> unjudged{};
  std::string default_namespace{};  // of objects that name none
  bool confined = false;            // to that namespace: objects of others are other installations'
  bool labelled = false;            // something carries the label app.kubernetes.io/name: caracal
  std::string instance{};  // of the release; empty without the label or where several are taken

  // Whether an object of that namespace, as it is stated, may be the installation's.
  bool covers(const std::string& stated) const {
    return !confined || stated.empty() || stated == default_namespace;
  }
};

// Leaves out what another object among `files` controls, but for what of a Pod its owner does not
// declare, and what is scaled to nothing; then keeps what carries the label app.kubernetes.io/name:
// caracal and the instance of the release, or everything when nothing carries that label. Fails
// when the release or its namespace cannot be told.
ParseResult<Selection> select_release(const std::vector<const Objects*>& files,
                                      const KubernetesOptions& options);

}  // namespace compliance::kubernetes
