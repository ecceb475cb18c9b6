// The URLs by which services reach Postgres and Redis, as far as they can be seen. Source:
// facts 12.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "checks/caracal/mounts.h"
#include "checks/check.h"

namespace compliance {

// Where a service reads the URL of a store, and what is known of it.
struct StoreUrl {
  Component component = Component::installation;
  std::string object{};  // the container, or the secret that several share
  std::string name{};    // the variable, or the secret
  Fact<LooseUrl> shape{};
};

// Finds the URLs in an installation, which has to outlive this.
class DataStores {
 public:
  explicit DataStores(const Installation& installation);

  // The URLs that the components are given by the first of the variables that is set: from inline
  // text, from a secret file, from a Secret among the manifests. Secrets that several services read
  // stand once. Where no container is known, the secret files that those variables are read from.
  std::vector<StoreUrl> urls(std::span<const Component> readers,
                             std::span<const std::string_view> variables) const;

  // The one of a single container; nothing when none of the variables is set. Every URL that is
  // known names a host or a socket.
  std::optional<StoreUrl> url_of(const Container& container,
                                 std::span<const std::string_view> variables) const;

 private:
  const StoredValue* stored_value(const SecretIdentity& identity, const Container& container) const;
  StoreUrl from_secret(const SecretIdentity& identity, const Container* container,
                       std::string_view variable) const;
  std::optional<StoreUrl> url_of(const Container& container, std::string_view variable) const;
  std::vector<StoreUrl> urls_of_files(std::span<const std::string_view> variables) const;

  const Installation& installation_;
  // By namespace and name.
  std::unordered_multimap<std::string, const StoredObject*> secrets_{};
};

// True when the connection stays where the container is: a socket, loopback, or a service of the
// same Compose project, as the packaged pair on its bridge. In Kubernetes stores are always outside
// (facts 5.2).
bool stays_inside(const Installation& installation, std::string_view host);

// The verdict about a connection to `host` by the setting `name`, but unknown instead of a failure
// where a name without dots may lead inside after all: in Compose by an alias, and without Compose
// and Kubernetes files by the name of a service.
Verdict unless_inside(Verdict verdict, const Installation& installation, std::string_view host,
                      const std::string& name);

// The verdict of one URL: not applicable where it stays inside, else by `judge`, as far as it can
// be told.
using JudgeUrl = Verdict (*)(const StoreUrl&, const LooseUrl&);
Verdict judge_store_url(const StoreUrl& url, const Installation& installation, JudgeUrl judge);

}  // namespace compliance
