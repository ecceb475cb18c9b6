// Keeps the objects of Kubernetes files, and parses a file anew only where its text changed.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "exporter/observe/kubernetes/model/kubernetes.h"
#include "exporter/observe/source_text.h"

namespace compliance {

// Parses several files at a time and forgets their texts. Used by one thread at a time: begin(),
// add() for each file of the source, finish(). Only parsing is spared; references are resolved anew
// each time, since they cross files.
class ManifestCache {
 public:
  // What the files hold, in the order of add(). The objects live until the next round begins.
  struct Content {
    std::vector<const kubernetes::Objects*> objects{};
    std::vector<LocatedFault> faults{};  // of documents and objects that are no evidence
  };

  // Starts a new round over all files of the source.
  void begin();
  // Takes a file of this round; parses it now, later or, when its text is known, not at all.
  void add(SourceText file);
  // Parses what is left, and forgets the files that were not added since begin().
  Content finish();

 private:
  // A file whose text has the digest. A broken file is kept too, so that it is not parsed again
  // either.
  struct Entry {
    std::string digest{};
    kubernetes::Objects objects{};
  };

  // Parses what waits, on several threads.
  void parse();

  std::map<std::string, Entry> entries_;  // by path
  std::vector<std::string> order_;        // paths since begin()
  std::vector<SourceText> waiting_;
  // Of the texts in waiting_.
  std::size_t waiting_bytes_ = 0;
};

}  // namespace compliance
