// The labels of namespaces.
#include "exporter/observe/kubernetes/resolve/namespaces.h"

#include <utility>

namespace compliance::kubernetes {
namespace {

constexpr auto name_label = "kubernetes.io/metadata.name";

}  // namespace

NamespaceIndex::NamespaceIndex(const std::vector<const Objects*>& files) {
  for (const Objects* file : files) {
    for (const NamespaceObject& object : file->content().namespaces) {
      objects_[object.metadata.name] = &object;
    }
  }
}

Labels NamespaceIndex::labels_of(const std::string& name) const {
  const NamespaceObject* object = find(name);
  return object == nullptr ? Labels{{name_label, name}} : object->labels;
}

const NamespaceObject* NamespaceIndex::find(const std::string& name) const {
  const auto found = objects_.find(name);
  return found == objects_.end() ? nullptr : found->second;
}

NamespaceObject read_namespace(ManifestReader& reader, const Node& object, Metadata metadata) {
  NamespaceObject result{.labels = reader.texts(reader.mapping(object, "metadata"), "labels")};
  result.labels[name_label] = metadata.name;
  result.metadata = std::move(metadata);
  return result;
}

}  // namespace compliance::kubernetes
