// Finds Secrets, ConfigMaps and ServiceAccounts by namespace and name.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "exporter/observe/kubernetes/model/objects.h"

namespace compliance::kubernetes {

// What containers and pods refer to, over all files. Safe to read from several threads; the files
// outlive it.
class StoreIndex {
 public:
  // `default_namespace` is that of objects which state none; it may be empty.
  StoreIndex(const std::vector<const Objects*>& files, std::string default_namespace);

  // The namespace that an object lives in, given the one that it states.
  const std::string& namespace_of(const std::string& stated) const;

  // Null when it is not among the objects; of several the last one counts, as if applied in order.
  const UnresolvedStore* config_map(const std::string& ns, const std::string& name) const;
  // Likewise.
  const ServiceAccount* service_account(const std::string& ns, const std::string& name) const;
  // Everything that provides the Secret: itself, a SealedSecret, an ExternalSecret. Null: nothing.
  const std::vector<const UnresolvedStore*>* secrets(const std::string& ns,
                                                     const std::string& name) const;

 private:
  void add(const UnresolvedStore& store);

  std::string default_namespace_;
  std::unordered_map<std::string, const UnresolvedStore*> config_maps_{};
  std::unordered_map<std::string, std::vector<const UnresolvedStore*>> secrets_{};
  std::unordered_map<std::string, const ServiceAccount*> service_accounts_{};
};

// Key of an object in the index and in sets of used objects. Kubernetes allows a slash in neither
// part.
std::string index_key(const std::string& ns, const std::string& name);

}  // namespace compliance::kubernetes
