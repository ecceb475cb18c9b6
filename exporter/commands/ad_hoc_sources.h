// The sources that `check` takes as flags, instead of a configuration file with one installation.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exporter/base/result.h"
#include "exporter/config/config.h"

namespace compliance {

// The flags of `check`, as given on the command line: nothing is validated yet. Paths are relative
// to the working directory, unlike those of a configuration file. Empty texts and lists mean that
// the flag was not given.
struct AdHocSources {
  std::vector<std::string> compose{};
  std::vector<std::string> env_files{};
  std::vector<std::string> environment{};  // NAME=VALUE
  std::vector<std::string> profiles{};
  std::vector<std::string> manifests{};
  std::vector<std::string> secrets{};
  std::string runtime_cli_help{};
  std::map<std::string, std::string> endpoints{};  // URL by name of component
  std::string connect_to{};                        // HOST:PORT, of every endpoint
  std::string ca_file{};                           // of every endpoint
  std::string stage{};                             // production, staging or empty
  std::vector<std::string> public_components{};
  std::vector<std::string> components{};  // NAME=COMPONENT
  std::vector<std::string> policy{};      // KEY=VALUE
  std::string release{};
  std::string kubernetes_namespace{};

  // True if a source was given, not only an option of one. Profiles, env files and thresholds alone
  // leave nothing to evaluate.
  bool any() const;
};

// The configuration with one installation, "default", that the flags describe. Fails, in one line,
// on a path that does not exist and on malformed or unknown values; reports the first error only,
// unlike parse_config(). No error repeats the value of --env, which may be a secret.
Result<Config> config_from_flags(const AdHocSources& sources);

}  // namespace compliance
