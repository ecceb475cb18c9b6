// Observes the Kubernetes source: finds the manifest files, parses and resolves them -> facts.
#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <glob.h>

#include "exporter/base/read_file.h"
#include "exporter/observe/kubernetes/model/kubernetes.h"
#include "exporter/observe/source_text.h"
#include "exporter/observe/sources.h"

namespace compliance {
namespace {

// The files that patterns stand for, and the places that could not be looked into.
struct FoundFiles {
  std::vector<std::filesystem::path> files{};  // sorted, each once
  std::vector<LocatedFault> faults{};
};

namespace fs = std::filesystem;

// A fault of a file or directory as a whole.
LocatedFault fault_at(const fs::path& path, Fault fault) {
  return {.origin = {.source = Source::kubernetes, .place = Location{path.string()}},
          .fault = std::move(fault)};
}

// As kubectl chooses files of a directory.
bool is_manifest(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

// A mounted ConfigMap or Secret shows each file a second time, below the directory ..data and the
// one that it leads to.
bool is_projection_detail(const fs::path& path) {
  return path.filename().string().rfind("..", 0) == 0;
}

// Adds the manifests below one directory; what cannot be listed becomes a fault. Links to
// directories are not followed, so there are no circles.
class DirectoryWalk {
 public:
  explicit DirectoryWalk(FoundFiles& found) : found_(found) {}

  // An empty directory is a fault: most likely it is the wrong one, and no object would fail a
  // check.
  void walk(const fs::path& directory) {
    const std::size_t before = found_.files.size() + found_.faults.size();
    visit(directory);
    if (found_.files.size() + found_.faults.size() == before) {
      found_.faults.push_back(fault_at(
          directory, {.reason = UnknownReason::missing_object,
                      .message = directory.string() + " holds no *.yaml, *.yml or *.json"}));
    }
  }

 private:
  void visit(const fs::path& directory) {
    std::error_code error;
    fs::directory_iterator entry{directory, error};
    for (; !error && entry != fs::directory_iterator{}; entry.increment(error)) {
      const fs::path& path = entry->path();
      std::error_code ignored;
      if (is_projection_detail(path)) {
        continue;
      }
      if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
        visit(path);
      } else if (is_manifest(path)) {
        found_.files.push_back(path);
      }
    }
    if (error) {
      found_.faults.push_back(fault_at(directory, access_fault(directory, error.value())));
    }
  }

  FoundFiles& found_;
};

// The characters that glob(7) gives a meaning.
bool has_wildcard(const std::string& pattern) {
  return pattern.find_first_of("*?[") != std::string::npos;
}

// Adds what the pattern matches. GLOB_ERR: a directory that cannot be read is a fault, since it may
// hide a match.
void expand_glob(const std::string& pattern, FoundFiles& found) {
  glob_t matches{};
  const std::unique_ptr<glob_t, decltype(&globfree)> guard{&matches, &globfree};
  // NOLINTNEXTLINE(concurrency-mt-unsafe): only GLOB_TILDE makes it unsafe
  const int status = glob(pattern.c_str(), GLOB_ERR, nullptr, &matches);
  if (status == GLOB_ABORTED) {
    found.faults.push_back(fault_at(pattern, access_fault(fs::path{pattern}.parent_path(), errno)));
    return;
  }
  if (status != 0) {
    found.faults.push_back(fault_at(pattern, {.reason = UnknownReason::missing_object,
                                              .message = pattern + " matches no file"}));
    return;
  }
  for (const char* const match : std::span{matches.gl_pathv, matches.gl_pathc}) {
    const fs::path path{match};
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
      DirectoryWalk{found}.walk(path);
    } else {
      found.files.push_back(path);
    }
  }
}

// Expands `patterns`: a directory stands for its *.yaml, *.yml and *.json files at any depth
// (names that begin with ".." are a projected volume's own and are left out), a glob for what it
// matches, anything else for itself. What matches nothing is a fault, missing_object.
FoundFiles find_manifest_files(const std::vector<std::string>& patterns) {
  FoundFiles found;
  for (const std::string& pattern : patterns) {
    std::error_code ignored;
    if (fs::is_directory(pattern, ignored)) {
      DirectoryWalk{found}.walk(pattern);
    } else if (has_wildcard(pattern) && !fs::exists(pattern, ignored)) {
      // No file has this very name, which may hold a bracket.
      expand_glob(pattern, found);
    } else {
      found.files.emplace_back(pattern);
    }
  }
  std::sort(found.files.begin(), found.files.end());
  // Patterns may overlap; an object that is read twice would be two.
  found.files.erase(std::unique(found.files.begin(), found.files.end()), found.files.end());
  return found;
}

namespace fs = std::filesystem;

// Adds the faults to the observation, as ones that make the source's evidence incomplete. True when
// there are none.
bool take_faults(std::vector<LocatedFault>& faults, Observation& observation) {
  const bool none = faults.empty();
  for (LocatedFault& fault : faults) {
    add_fault(observation, Source::kubernetes, std::move(fault));
  }
  return none;
}

// Reads the files into the cache. False when one could not be read; the others are added all the
// same.
bool read_manifests(const std::vector<fs::path>& paths, SourceFiles& files,
                    ManifestCache& manifests, Observation& observation) {
  bool all = true;
  for (const fs::path& path : paths) {
    auto text = files.read(path.string());
    if (text) {
      manifests.add({.path = path.string(), .text = std::move(text).value()});
    } else {
      all = false;
      add_fault(observation, Source::kubernetes,
                {origin_of_file(Source::kubernetes, path.string()), text.error()});
    }
  }
  return all;
}

// Kinds that make pods and are not judged are named, each once: what passes says nothing of them.
// Where nothing else was found they are why.
void note_unjudged(Observation& observation) {
  const KubernetesFacts& facts = observation.installation.kubernetes;
  std::set<std::string> named;
  for (const Located<std::string>& object : facts.unjudged) {
    if (named.insert(object.value.substr(0, object.value.find(' '))).second) {
      add_fault(observation, Source::kubernetes,
                {object.origin,
                 {.reason = facts.containers.empty() ? UnknownReason::missing_object
                                                     : UnknownReason::not_observable,
                  .message = object.value + " makes pods, but its kind is not judged"}});
    }
  }
}

}  // namespace

void observe_kubernetes(const InstallationConfig& config, SourceFiles& files,
                        ManifestCache& manifests, Observation& observation) {
  Installation& installation = observation.installation;
  installation.configured = installation.configured | Source::kubernetes;
  FoundFiles found = find_manifest_files(config.kubernetes->manifests);
  bool up = take_faults(found.faults, observation);
  manifests.begin();
  up = read_manifests(found.files, files, manifests, observation) && up;
  ManifestCache::Content content = manifests.finish();
  up = take_faults(content.faults, observation) && up;
  auto linked = kubernetes::resolve_objects(
      content.objects, {.release = config.kubernetes->release,
                        .default_namespace = config.kubernetes->default_namespace,
                        .components = config.components,
                        .injected_containers = config.injected_containers});
  if (linked) {
    installation.kubernetes = std::move(linked).value();
    note_unjudged(observation);
  } else {
    up = false;
    add_fault(observation, Source::kubernetes, linked.error());
  }
  // Besides the files: a new file of a watched directory is a change too.
  WatchPlaces places = places_of_patterns(config.kubernetes->manifests, max_watched_directories);
  places.merge(WatchPlaces{files.places()});
  observation.sources.push_back({Source::kubernetes, up, files.digest()});
  observation.places[Source::kubernetes] = std::move(places);
}

}  // namespace compliance
