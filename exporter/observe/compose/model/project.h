// What a Compose project has beside its services: variables, profiles, name, secrets.
#pragma once

#include "exporter/observe/compose/compose.h"
#include "exporter/observe/compose/model/files.h"

namespace compliance::compose {

// The variables of the interpolation: the configured ones over the env files, or over `.env` where
// none is given, and COMPOSE_PROJECT_NAME.
ParseResult<Variables> read_variables(Files& files, const ComposeInput& input);

// The profiles that are enabled: the configured ones, else those of COMPOSE_PROFILES.
std::vector<std::string> enabled_profiles(const ComposeInput& input, const Variables& variables);

// True for services without profiles and for those with one that is enabled.
bool is_enabled(const Value& service, const std::vector<std::string>& profiles);

// The top-level secrets, by name. One that names two sources is refused.
ParseResult<std::vector<ComposeSecret>> read_secrets(const Value& model);

// The files of those secrets whose path is known.
std::vector<SecretFileReference> read_secret_files(const Value& model);

// What the services refer to and nobody defines: secrets, configs, networks, named volumes.
std::optional<LocatedFault> undefined_reference(const Container& container, const Value& model);

}  // namespace compliance::compose
