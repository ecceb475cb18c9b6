// Kubernetes objects -> facts, in two steps: each file alone, then all together. Pure.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/installation.h"
#include "exporter/observe/source_text.h"

namespace compliance::kubernetes {

struct ParsedManifests;  // in objects.h

// The objects of one file with unresolved references; kept by the caller for as long as the file
// does not change. Holds no tree and no text of the file.
class Objects {
 public:
  Objects();
  Objects(const Objects&) = delete;
  Objects(Objects&& other) noexcept;
  Objects& operator=(const Objects&) = delete;
  Objects& operator=(Objects&& other) noexcept;
  ~Objects();

  const ParsedManifests& content() const { return *content_; }
  ParsedManifests& content() { return *content_; }

 private:
  std::unique_ptr<ParsedManifests> content_;
};

struct KubernetesOptions {
  std::string release{};            // app.kubernetes.io/instance; empty: the only one found
  std::string default_namespace{};  // of objects that name none; empty: the release's only one
  std::map<std::string, Component> components{};  // by workload or container name
  std::vector<std::string> injected_containers{};
};

// Reads the objects of one file: YAML with any number of documents, List objects, JSON. Documents
// of kinds that nobody asks for are skipped. A document that is no object is a fault.
ParseResult<Objects> parse_objects(const SourceText& file);

// Selects what belongs to the release, resolves references (ConfigMaps, ServiceAccounts, Secrets
// used) and computes effective values. Fails when several instances are found and none is named.
ParseResult<KubernetesFacts> resolve_objects(const std::vector<const Objects*>& files,
                                             const KubernetesOptions& options);

}  // namespace compliance::kubernetes
