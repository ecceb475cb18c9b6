// Where changes of the configured files would show, before they are read.
#include "exporter/observe/sources.h"

namespace compliance {
namespace {

WatchPlaces places_of_files(const std::vector<std::string>& paths) {
  WatchPlaces places;
  for (const std::string& path : paths) {
    // Standard input is read once: nothing can change there.
    if (path != "-") {
      places.merge(places_of_file(path));
    }
  }
  return places;
}

}  // namespace

std::map<Source, WatchPlaces> configured_places(const InstallationConfig& config) {
  std::map<Source, WatchPlaces> places;
  if (config.compose) {
    places[Source::compose] = places_of_files(config.compose->files);
    places[Source::compose].merge(places_of_files(config.compose->env_files));
  }
  if (config.kubernetes) {
    places[Source::kubernetes] =
        places_of_patterns(config.kubernetes->manifests, max_watched_directories);
  }
  for (const std::string& directory : config.secrets.value_or(SecretsConfig{}).directories) {
    places[Source::secrets].merge(places_of_directory(directory, max_watched_directories));
  }
  if (config.runtime_cli) {
    // A program is replaced by an upgrade, so its own file is what is watched; its output is not.
    const bool runs = !config.runtime_cli->command.empty();
    places[Source::runtime_cli] =
        places_of_file(runs ? config.runtime_cli->command.front() : config.runtime_cli->help_file);
  }
  return places;
}

}  // namespace compliance
