// Observes the runtime CLI: its help text, from a file or from the program itself -> facts.
#include <optional>
#include <string>
#include <utility>

#include "exporter/base/digest.h"
#include "exporter/observe/runtime_cli/help_text.h"
#include "exporter/observe/runtime_cli/run_help.h"
#include "exporter/observe/sources.h"

namespace compliance {

void observe_runtime_cli(const InstallationConfig& config, SourceFiles& files,
                         Observation& observation) {
  const RuntimeCliConfig& cli = *config.runtime_cli;
  Installation& installation = observation.installation;
  installation.configured = installation.configured | Source::runtime_cli;
  const bool runs = !cli.command.empty();
  const std::string place = runs ? cli.command.front() : cli.help_file;
  // The configuration gives either a command or a file.
  auto text = runs ? runtime_cli::run_help(cli.command, {}) : files.read(cli.help_file);
  std::optional<LocatedFault> fault;
  std::string digest;
  if (text) {
    digest = sha256(text.value());
    auto parsed = runtime_cli::parse_help_text({.path = place, .text = std::move(text).value()});
    if (parsed) {
      installation.runtime_cli = std::move(parsed).value();
    } else {
      fault = parsed.error();
    }
  } else {
    fault = LocatedFault{origin_of_file(Source::runtime_cli, place), text.error()};
  }
  observation.sources.push_back({Source::runtime_cli, !fault, std::move(digest)});
  // Of a program the file itself is watched: it changes with an upgrade.
  observation.places[Source::runtime_cli] = runs ? places_of_file(place) : files.places();
  if (fault) {
    add_fault(observation, Source::runtime_cli, *std::move(fault));
  }
}

}  // namespace compliance
