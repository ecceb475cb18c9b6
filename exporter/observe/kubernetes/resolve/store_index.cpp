// Finds Secrets, ConfigMaps and ServiceAccounts by namespace and name.
#include "exporter/observe/kubernetes/resolve/store_index.h"

#include <utility>

namespace compliance::kubernetes {

std::string index_key(const std::string& ns, const std::string& name) { return ns + '/' + name; }

StoreIndex::StoreIndex(const std::vector<const Objects*>& files, std::string default_namespace)
    : default_namespace_(std::move(default_namespace)) {
  for (const Objects* file : files) {
    for (const UnresolvedStore& store : file->content().stores) {
      add(store);
    }
    for (const ServiceAccount& account : file->content().service_accounts) {
      service_accounts_[index_key(namespace_of(account.metadata.object_namespace),
                                  account.metadata.name)] = &account;
    }
  }
}

// Several objects may make one Secret together, so all of them are kept; of ConfigMaps the last one
// applied is what is there.
void StoreIndex::add(const UnresolvedStore& store) {
  std::string key = index_key(namespace_of(store.object.object_namespace), store.provides);
  if (store.object.kind == StoreKind::config_map) {
    config_maps_[std::move(key)] = &store;
  } else {
    secrets_[std::move(key)].push_back(&store);
  }
}

const std::string& StoreIndex::namespace_of(const std::string& stated) const {
  return stated.empty() ? default_namespace_ : stated;
}

const UnresolvedStore* StoreIndex::config_map(const std::string& ns,
                                              const std::string& name) const {
  const auto found = config_maps_.find(index_key(ns, name));
  return found == config_maps_.end() ? nullptr : found->second;
}

const ServiceAccount* StoreIndex::service_account(const std::string& ns,
                                                  const std::string& name) const {
  const auto found = service_accounts_.find(index_key(ns, name));
  return found == service_accounts_.end() ? nullptr : found->second;
}

const std::vector<const UnresolvedStore*>* StoreIndex::secrets(const std::string& ns,
                                                               const std::string& name) const {
  const auto found = secrets_.find(index_key(ns, name));
  return found == secrets_.end() ? nullptr : &found->second;
}

}  // namespace compliance::kubernetes
