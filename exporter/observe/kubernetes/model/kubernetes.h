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
// does not change. Holds no tree and no text of the file. Movable; safe to read from several
// threads.
class Objects {
 public:
  // Without any object.
  Objects();
  // A copy would cost the memory of the file again.
  Objects(const Objects&) = delete;
  // The moved-from one may only be destroyed or assigned to.
  Objects(Objects&& other) noexcept;
  Objects& operator=(const Objects&) = delete;
  Objects& operator=(Objects&& other) noexcept;
  // Out of line: ParsedManifests is incomplete here.
  ~Objects();

  const ParsedManifests& content() const { return *content_; }
  ParsedManifests& content() { return *content_; }

 private:
  std::unique_ptr<ParsedManifests> content_;
};

// What the configuration says about the objects.
struct KubernetesOptions {
  std::string release{};  // app.kubernetes.io/instance; empty: the only one found
  // Of the release and of objects that name none; others are other installations'. Empty: the only
  // one that any object names, else the release's only one.
  std::string default_namespace{};
  std::map<std::string, Component> components{};  // by workload or container name
  // Names of containers that a mesh or another controller adds to the pods.
  std::vector<std::string> injected_containers{};
};

// Reads the objects of one file: YAML with any number of documents, List objects, JSON objects one
// after the other. Documents of kinds that no fact is read from are skipped. A document that is no
// object is a fault, and so is an object that the API server would not take; such faults are in
// the content, and leave the other objects of the file alone.
Objects parse_objects(const SourceText& file);

// Selects what belongs to the release, resolves references (ConfigMaps, ServiceAccounts, Secrets
// used) and computes effective values. Fails when several instances are found and none is named,
// and when the release is in several namespaces and none is configured.
ParseResult<KubernetesFacts> resolve_objects(const std::vector<const Objects*>& files,
                                             const KubernetesOptions& options);

}  // namespace compliance::kubernetes
