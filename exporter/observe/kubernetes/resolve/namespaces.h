// Finds Namespace objects and their labels by name.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "checks/facts/label_selector.h"
#include "exporter/observe/kubernetes/model/objects.h"

namespace compliance::kubernetes {

// The Namespace objects among the files by name. Each has the label kubernetes.io/metadata.name
// that the API server adds; of several with one name the last one counts, as if applied in order.
// The objects must outlive the index.
class NamespaceIndex {
 public:
  // Takes the Namespaces of all files, also those that the release does not use.
  explicit NamespaceIndex(const std::vector<const Objects*>& files);

  // The labels of the namespace; just the added one when there is no object of that name.
  Labels labels_of(const std::string& name) const;
  // Null when there is no object of that name.
  const NamespaceObject* find(const std::string& name) const;
  const std::map<std::string, const NamespaceObject*>& objects() const { return objects_; }

 private:
  std::map<std::string, const NamespaceObject*> objects_{};
};

}  // namespace compliance::kubernetes
