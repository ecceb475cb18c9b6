// Finds the objects that could not be read.
#include "exporter/observe/kubernetes/resolve/unreadable.h"

#include <algorithm>

namespace compliance::kubernetes {

std::unordered_map<std::string, const UnreadableObject*> unreadable_by(
    const std::vector<const Objects*>& files, std::initializer_list<std::string_view> kinds,
    const std::function<std::string(const Metadata&)>& key) {
  std::unordered_map<std::string, const UnreadableObject*> found;
  for (const Objects* file : files) {
    for (const UnreadableObject& object : file->content().unreadable) {
      if (std::find(kinds.begin(), kinds.end(), object.metadata.kind) != kinds.end()) {
        found.emplace(key(object.metadata), &object);
      }
    }
  }
  return found;
}

}  // namespace compliance::kubernetes
