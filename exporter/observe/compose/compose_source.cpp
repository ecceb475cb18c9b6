// Observes the Compose source: reads the files and env files that are configured -> facts.
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "exporter/observe/compose/compose.h"
#include "exporter/observe/compose/default_files.h"
#include "exporter/observe/sources.h"

namespace compliance {
namespace {

namespace fs = std::filesystem;

// Reads the files in order; what cannot be read is a fault. False when one could not be.
bool read_all(const std::vector<std::string>& paths, SourceFiles& files,
              std::vector<SourceText>& texts, Observation& observation) {
  bool all = true;
  for (const std::string& path : paths) {
    auto text = files.read(path);
    if (text) {
      texts.push_back({.path = path, .text = std::move(text).value()});
    } else {
      all = false;
      add_fault(observation, Source::compose,
                {origin_of_file(Source::compose, path), text.error()});
    }
  }
  return all;
}

// Takes the facts over. Faults are named without evidence where the facts that they touch say so
// themselves; an unreadable service has no facts, so it concerns all evidence of the source. False
// when there is one.
bool take_over(compose::ComposeResult content, Observation& observation) {
  observation.installation.compose = static_cast<ComposeFacts&&>(content);
  const bool whole = content.faults.empty() && content.unreadable.empty();
  for (LocatedFault& fault : content.unreadable) {
    add_fault(observation, Source::compose, std::move(fault));
  }
  for (LocatedFault& fault : content.faults) {
    add_fault(observation, Evidence{}, std::move(fault));
  }
  return whole;
}

}  // namespace

ComposeSecretFiles observe_compose(const InstallationConfig& config, SourceFiles& files,
                                   Observation& observation) {
  ComposeSecretFiles named;
  Installation& installation = observation.installation;
  installation.configured = installation.configured | Source::compose;
  compose::ComposeInput input{.environment = config.compose->environment,
                              .profiles = config.compose->profiles,
                              .components = config.components,
                              .injected_containers = config.injected_containers};
  bool up = read_all(config.compose->files, files, input.files, observation);
  up = read_all(config.compose->env_files, files, input.env_files, observation) && up;
  input.read = [&](const fs::path& path) { return files.read(path.string()); };
  // The project directory of Compose without --project-directory: the folder of the first file.
  // Standard input has none, so the working directory counts.
  const fs::path first{config.compose->files.front()};
  input.project_directory = first == "-" ? fs::path{"."} : first.parent_path();
  std::error_code unknown_directory;
  input.working_directory = fs::current_path(unknown_directory);
  // Compose itself runs with all files or not at all. A model without one of them would show
  // services that nobody starts so.
  if (up) {
    auto facts = compose::parse_compose(input);
    if (facts) {
      compose::ComposeResult content = std::move(facts).value();
      named = std::move(content.secret_files);
      up = take_over(std::move(content), observation);
    } else {
      up = false;
      add_fault(observation, Source::compose, facts.error());
    }
  }
  observation.sources.push_back(
      {.source = Source::compose,
       .up = up,
       .content_digest = files.digest(),
       .note = compose::note_on_files(config.compose->files, input.read)});
  observation.places[Source::compose] = files.places();
  return named;
}

}  // namespace compliance
