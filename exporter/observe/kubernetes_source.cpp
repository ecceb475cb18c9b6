// Kubernetes files -> facts.
#include <filesystem>
#include <utility>

#include "exporter/observe/kubernetes/kubernetes.h"
#include "exporter/observe/manifest_files.h"
#include "exporter/observe/sources.h"

namespace compliance {
namespace {

namespace fs = std::filesystem;

}  // namespace

void observe_kubernetes(const InstallationConfig& config, SourceFiles& files,
                        ManifestCache& manifests, Observation& observation) {
  bool up = true;
  Installation& installation = observation.installation;
  installation.configured = installation.configured | Evidence::kubernetes;
  FoundFiles found = find_manifest_files(config.kubernetes->manifests);
  up = found.faults.empty();
  for (LocatedFault& fault : found.faults) {
    add_fault(observation, Evidence::kubernetes, std::move(fault));
  }
  manifests.begin();
  for (const fs::path& path : found.files) {
    auto text = files.read(path.string());
    if (text) {
      manifests.add({.path = path.string(), .text = std::move(text).value()});
    } else {
      up = false;
      add_fault(observation, Evidence::kubernetes,
                {origin_of_file(Source::kubernetes, path.string()), text.error()});
    }
  }
  ManifestCache::Content content = manifests.finish();
  for (LocatedFault& fault : content.faults) {
    up = false;
    add_fault(observation, Evidence::kubernetes, std::move(fault));
  }
  auto linked = kubernetes::link_objects(content.objects,
                                         {.release = config.kubernetes->release,
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
