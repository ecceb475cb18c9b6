// Compose files and their env files -> facts.
#include <filesystem>
#include <iterator>
#include <utility>

#include "exporter/observe/compose/compose.h"
#include "exporter/observe/sources.h"

namespace compliance {
namespace {

namespace fs = std::filesystem;

template <class T>
void move_into(std::vector<T>& target, std::vector<T>& source) {
  target.insert(target.end(), std::make_move_iterator(source.begin()),
                std::make_move_iterator(source.end()));
}

}  // namespace

ComposeSecretFiles observe_compose(const InstallationConfig& config, SourceFiles& files,
                                   Observation& observation) {
  bool up = true;
  ComposeSecretFiles named;
  Installation& installation = observation.installation;
  installation.configured = installation.configured | Evidence::compose;
  compose::ComposeInput input{.environment = config.compose->environment,
                              .profiles = config.compose->profiles,
                              .components = config.components,
                              .injected_containers = config.injected_containers};
  const auto read_all = [&](const std::vector<std::string>& paths, std::vector<SourceText>& texts) {
    for (const std::string& path : paths) {
      auto text = files.read(path);
      if (text) {
        texts.push_back({.path = path, .text = std::move(text).value()});
      } else {
        up = false;
        add_fault(observation, Evidence::compose,
                  {origin_of_file(Source::compose, path), text.error()});
      }
    }
  };
  read_all(config.compose->files, input.files);
  read_all(config.compose->env_files, input.env_files);
  input.read = [&](const fs::path& path) { return files.read(path.string()); };
  const fs::path first{config.compose->files.front()};
  input.project_directory = first == "-" ? fs::path{"."} : first.parent_path();
  if (up) {
    auto facts = compose::parse_compose(input);
    if (facts) {
      compose::ComposeFacts content = std::move(facts).value();
      move_into(installation.containers, content.containers);
      move_into(installation.compose_secrets, content.secrets);
      move_into(installation.networks, content.networks);
      named = std::move(content.secret_files);
      for (LocatedFault& fault : content.faults) {
        // Named without evidence: the facts that it touches say so themselves, the others stand.
        up = false;
        add_fault(observation, Evidence::none, std::move(fault));
      }
    } else {
      up = false;
      add_fault(observation, Evidence::compose, facts.error());
    }
  }
  observation.sources.push_back({Source::compose, up, files.digest()});
  observation.places[Source::compose] = files.places();
  return named;
}

}  // namespace compliance
