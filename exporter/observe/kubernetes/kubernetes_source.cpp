// Kubernetes files -> facts.
#include <filesystem>
#include <utility>
#include <vector>

#include "exporter/observe/kubernetes/manifest_files.h"
#include "exporter/observe/kubernetes/model/kubernetes.h"
#include "exporter/observe/sources.h"

namespace compliance {
namespace {

namespace fs = std::filesystem;

// True when there are none.
bool take_faults(std::vector<LocatedFault>& faults, Observation& observation) {
  const bool none = faults.empty();
  for (LocatedFault& fault : faults) {
    add_fault(observation, Evidence::kubernetes, std::move(fault));
  }
  return none;
}

// Reads the files into the cache. False when one could not be read.
bool read_manifests(const std::vector<fs::path>& paths, SourceFiles& files,
                    ManifestCache& manifests, Observation& observation) {
  bool all = true;
  for (const fs::path& path : paths) {
    auto text = files.read(path.string());
    if (text) {
      manifests.add({.path = path.string(), .text = std::move(text).value()});
    } else {
      all = false;
      add_fault(observation, Evidence::kubernetes,
                {origin_of_file(Source::kubernetes, path.string()), text.error()});
    }
  }
  return all;
}

}  // namespace

void observe_kubernetes(const InstallationConfig& config, SourceFiles& files,
                        ManifestCache& manifests, Observation& observation) {
  Installation& installation = observation.installation;
  installation.configured = installation.configured | Evidence::kubernetes;
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
    kubernetes::add_facts(std::move(linked).value(), installation);
  } else {
    up = false;
    add_fault(observation, Evidence::kubernetes, linked.error());
  }
  WatchPlaces places = places_of_patterns(config.kubernetes->manifests, most_watched_directories);
  places.merge(WatchPlaces{files.places()});
  observation.sources.push_back({Source::kubernetes, up, files.digest()});
  observation.places[Source::kubernetes] = std::move(places);
}

}  // namespace compliance
