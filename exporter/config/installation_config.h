// One entry of `installations`; used by parse_config only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/config/yaml_reader.h"

namespace compliance {

// What a component may be called.
std::vector<std::string_view> component_choices();

// Reads one installation. Paths are taken against `directory`.
class InstallationConfigReader {
 public:
  InstallationConfigReader(std::string directory, ConfigProblems& problems)
      : directory_(std::move(directory)), problems_(problems) {}

  InstallationConfig read(const ConfigNode& node);

 private:
  ComposeConfig read_compose(const ConfigNode& node);
  KubernetesConfig read_kubernetes(const ConfigNode& node);
  SecretsConfig read_secrets(const ConfigNode& node);
  RuntimeCliConfig read_runtime_cli(const ConfigNode& node);
  std::map<std::string, Component> read_components(const ConfigNode& node);
  std::vector<Component> read_public_components(const ConfigNode& node);
  std::optional<Component> read_component(const ConfigNode& node);
  void read_name(const ConfigNode& node, InstallationConfig& installation);
  void check_sources(const ConfigNode& node);
  void add_declarations(InstallationConfig& installation, KeyReaders& readers);
  std::vector<std::string> read_origins(const ConfigNode& node);
  std::vector<std::string> read_hosts(const ConfigNode& node);
  std::vector<std::string> read_paths(const ConfigNode& node);

  std::string directory_;
  ConfigProblems& problems_;
};

}  // namespace compliance
