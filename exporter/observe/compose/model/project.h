// Reads a Compose project apart from its services: variables, profiles, name, secrets.
#pragma once

#include "exporter/observe/compose/compose.h"
#include "exporter/observe/compose/model/load.h"

namespace compliance::compose {

// The variables for interpolation: the configured ones win over the env files (`.env` if none is
// configured); COMPOSE_PROJECT_NAME, by `parsed`, the files of the project, is added. One that is
// set already stays. Fails when an env file is broken.
ParseResult<Variables> read_variables(Files& files, const ComposeInput& input,
                                      const std::vector<ParsedFile>& parsed);

// The profiles that are enabled: the configured ones, else those of COMPOSE_PROFILES. "*" stands
// for every profile.
std::vector<std::string> enabled_profiles(const ComposeInput& input, const Variables& variables);

// True for services without profiles and for those with one that is enabled.
bool is_enabled(const Value& service, const std::vector<std::string>& profiles);

// The top-level secrets, by name, and why others cannot be read.
struct ProjectSecrets {
  std::vector<ComposeSecret> secrets{};
  std::vector<LocatedFault> faults{};
};

// One that Compose refuses, such as one with two sources, is a fault and leaves the others alone.
ProjectSecrets read_secrets(const Value& model);

// The files of those secrets whose path is known: a path with a variable without value is left out.
std::vector<SecretFileReference> read_secret_files(const Value& model);

// A fault where the container uses a secret, config, network or named volume that is not defined:
// Compose refuses such a project. Anonymous volumes, undecided names and the network `default` need
// no definition.
std::optional<LocatedFault> undefined_reference(const Container& container, const Value& model);

}  // namespace compliance::compose
