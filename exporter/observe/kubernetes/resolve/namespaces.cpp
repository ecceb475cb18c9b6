// Finds Namespace objects and their labels by name.
#include "exporter/observe/kubernetes/resolve/namespaces.h"

namespace compliance::kubernetes {
NamespaceIndex::NamespaceIndex(const std::vector<const Objects*>& files) {
  for (const Objects* file : files) {
    for (const NamespaceObject& object : file->content().namespaces) {
      objects_[object.metadata.name] = &object;
    }
  }
}

Labels NamespaceIndex::labels_of(const std::string& name) const {
  const NamespaceObject* object = find(name);
  return object == nullptr ? Labels{{namespace_name_label, name}} : object->labels;
}

const NamespaceObject* NamespaceIndex::find(const std::string& name) const {
  const auto found = objects_.find(name);
  return found == objects_.end() ? nullptr : found->second;
}

}  // namespace compliance::kubernetes
