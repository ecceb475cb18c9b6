// Kubernetes files as objects, parsed anew only where their text changed.
#include "exporter/observe/kubernetes/manifest_cache.h"

#include <algorithm>
#include <set>
#include <utility>

#include "exporter/base/digest.h"
#include "exporter/base/parallel.h"
#include "exporter/observe/kubernetes/model/objects.h"

namespace compliance {
namespace {

// How much text is kept until it is parsed: enough for each thread to have work, small against what
// the objects take.
constexpr std::size_t max_waiting_bytes = std::size_t{1} << 20U;

}  // namespace

void ManifestCache::begin() {
  order_.clear();
  waiting_.clear();
  waiting_bytes_ = 0;
}

void ManifestCache::add(SourceText file) {
  order_.push_back(file.path);
  // Compared by digest: keeping the texts would cost as much memory as the files.
  std::string digest = sha256(file.text);
  Entry& entry = entries_[file.path];
  if (entry.digest == digest) {
    return;
  }
  // The old objects go now, and nothing may point to them any longer.
  entry = {.digest = std::move(digest)};
  waiting_bytes_ += file.text.size();
  waiting_.push_back(std::move(file));
  if (waiting_bytes_ >= max_waiting_bytes) {
    parse();
  }
}

void ManifestCache::parse() {
  // Entries are made by add(), so no thread changes the map here: each writes to its own entry.
  for_each_index(waiting_.size(), [this](std::size_t index) {
    const SourceText& file = waiting_.at(index);
    entries_.find(file.path)->second.objects = kubernetes::parse_objects(file);
  });
  waiting_.clear();
  waiting_bytes_ = 0;
}

ManifestCache::Content ManifestCache::finish() {
  parse();
  const std::set<std::string> present{order_.begin(), order_.end()};
  std::erase_if(entries_, [&](const auto& entry) { return !present.contains(entry.first); });
  Content content;
  for (const std::string& path : order_) {
    const kubernetes::Objects& objects = entries_.at(path).objects;
    const std::vector<LocatedFault>& faults = objects.content().faults;
    content.objects.push_back(&objects);
    content.faults.insert(content.faults.end(), faults.begin(), faults.end());
  }
  return content;
}

}  // namespace compliance
