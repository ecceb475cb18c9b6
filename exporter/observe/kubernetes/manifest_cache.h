// Kubernetes files as objects, parsed anew only where their text changed.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exporter/observe/kubernetes/model/kubernetes.h"
#include "exporter/observe/source_text.h"

namespace compliance {

// Parses several files at a time and forgets their texts. Used by one thread at a time: begin(),
// add() for each file of the source, finish().
class ManifestCache {
 public:
  // In the order of add(); the objects live until the next finish().
  struct Content {
    std::vector<const kubernetes::Objects*> objects{};
    std::vector<LocatedFault> faults{};  // of files that are no evidence
  };

  void begin();
  void add(SourceText file);
  // Forgets the files that were not added since begin().
  Content finish();

 private:
  struct Entry {
    std::string digest{};
    kubernetes::Objects objects{};
    std::optional<LocatedFault> fault{};
  };

  // Parses what waits.
  void parse();

  std::map<std::string, Entry> entries_;  // by path
  std::vector<std::string> order_;        // paths since begin()
  std::vector<SourceText> waiting_;
  std::size_t waiting_bytes_ = 0;
};

}  // namespace compliance
