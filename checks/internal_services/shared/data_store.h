// Finds the URLs by which services reach Postgres and Redis. Source: FACTS.md 12.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "checks/caracal/mounts.h"
#include "checks/check.h"
#include "checks/facts/installation.h"

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
  // Indexes the Secrets once, so that each lookup takes constant time.
  explicit DataStores(const Installation& installation);

  // The URLs that the components get by the first of the variables that is set: from inline text, a
  // secret file, or a Secret among the manifests. A Secret that several services read is listed
  // once. Without any container: the secret files that those variables are read from.
  std::vector<StoreUrl> urls(std::span<const Component> readers,
                             std::span<const std::string_view> variables) const;

  // The URL of a single container; nothing when none of the variables is set. Every URL with a
  // value names a host or a socket.
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
// (FACTS.md 5.2).
bool stays_inside(const Installation& installation, std::string_view host);

// The same verdict on a connection to `host` by the setting `name`, but unknown instead of a
// failure if a name without dots may lead inside after all: in Compose by an alias, and without
// Compose and Kubernetes files by the name of a service.
Verdict unless_inside(Verdict verdict, const Installation& installation, std::string_view host,
                      const std::string& name);

// A rule on a URL that leads outside; its shape is known.
using UrlRule = Verdict (*)(const StoreUrl&, const LooseUrl&);
// The verdict on one URL: not applicable where it stays inside, else that of `rule`; unknown with
// the fault of a URL that cannot be read.
Verdict store_url_verdict(const StoreUrl& url, const Installation& installation, UrlRule rule);

}  // namespace compliance
