// Parses Compose files into facts. Pure: further files are read through ReadText.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "checks/facts/installation.h"
#include "exporter/observe/source_text.h"

namespace compliance::compose {

// All that the result depends on, apart from the further files that `read` gives.
struct ComposeInput {
  std::vector<SourceText> files{};            // merged in this order
  std::filesystem::path project_directory{};  // of the first file
  // What a relative project directory is against when it gives the project its name.
  std::filesystem::path working_directory{};
  // Env files for interpolation, read already; later wins. Empty: `.env` of the project directory
  // is asked for through `read`, and its absence is no fault.
  std::vector<SourceText> env_files{};
  // What the configuration states stands for the environment of Compose's process: the exporter's
  // own environment takes no part (FACTS.md 4.6).
  std::map<std::string, std::string> environment{};  // wins over env_files
  // Enabled ones; "*" enables all. Empty: those of COMPOSE_PROFILES.
  std::vector<std::string> profiles{};
  std::map<std::string, Component> components{};  // by service name
  // Services that a platform adds and that are none of Caracal's, by name.
  std::vector<std::string> injected_containers{};
  // Null: no further file can be read, and each is missing_object.
  ReadText read{};
};

// A top-level secret that names a file.
struct SecretFileReference {
  std::string name{};            // of the secret
  std::filesystem::path path{};  // against the project directory
  Origin origin{};
};

// The facts of the files, and what the caller needs beside them.
struct ComposeResult : ComposeFacts {
  std::vector<SecretFileReference> secret_files{};
  // What could not be read and leaves the rest standing: an env_file of a service. The caller adds
  // them to the installation as faults of the source.
  std::vector<LocatedFault> faults{};
  // Services, jobs and secrets that cannot be read, which hide none of the others: faults of the
  // source as a whole.
  std::vector<LocatedFault> unreadable{};
};

// Applies the Compose specification: interpolation, merge of files, !reset and !override, extends,
// include, profiles, env_file; then reads each service into a Container. A variable without value
// and default makes only the facts that depend on it undecidable (unresolved_reference, the
// variable is named). What Compose refuses of one service, a failing ${X:?message} or a missing
// extended file included, makes that service unreadable; a missing include fails the whole source;
// a missing env_file of a service makes only its environment incomplete. Messages hold names and
// paths, never a variable's value.
ParseResult<ComposeResult> parse_compose(const ComposeInput& input);

}  // namespace compliance::compose
