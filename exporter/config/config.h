// The configuration with its defaults; units are in the types.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/installation.h"
#include "checks/policy.h"
#include "exporter/config/endpoints_config.h"
#include "exporter/config/probes_config.h"
#include "exporter/evaluate/evaluate.h"

namespace compliance {

struct ComposeConfig {
  std::vector<std::string> files{};  // "-" is standard input
  std::vector<std::string> env_files{};
  std::map<std::string, std::string> environment{};
  std::vector<std::string> profiles{};

  bool operator==(const ComposeConfig&) const = default;
};

struct KubernetesConfig {
  std::vector<std::string> manifests{};  // files, directories, globs; "-" is standard input
  std::string release{};
  std::string default_namespace{};

  bool operator==(const KubernetesConfig&) const = default;
};

struct SecretsConfig {
  std::vector<std::string> directories{};
  std::map<std::string, std::string> names{};  // file name -> logical name

  bool operator==(const SecretsConfig&) const = default;
};

struct RuntimeCliConfig {
  std::string help_file{};
  std::vector<std::string> command{};  // executed without a shell

  bool operator==(const RuntimeCliConfig&) const = default;
};

struct InstallationConfig {
  std::string name{};
  DeploymentStage stage = DeploymentStage::production;
  std::vector<Component> public_components{Component::web};
  std::map<std::string, Component> components{};
  std::vector<std::string> injected_containers{};  // beside the defaults of checks.md
  std::vector<AllowedIngress> allowed_ingress{};
  std::vector<std::string> split_origins{};  // as origin_of() writes them
  std::vector<std::string> private_upstreams{};
  bool upstream_allowlist_expected = true;
  std::optional<ComposeConfig> compose{};
  std::optional<KubernetesConfig> kubernetes{};
  std::optional<SecretsConfig> secrets{};
  std::optional<RuntimeCliConfig> runtime_cli{};
  EndpointsConfig endpoints{};
  std::optional<ExposureConfig> exposure{};
  DatastoresConfig datastores{};
  DnsConfig dns{};

  bool operator==(const InstallationConfig&) const = default;
};

struct Limits {
  std::size_t max_file_bytes = 16U << 20U;
  std::size_t max_source_bytes = 256U << 20U;
  std::size_t max_series = 200'000;

  bool operator==(const Limits&) const = default;
};

struct Config {
  std::chrono::milliseconds interval{60'000};
  std::vector<InstallationConfig> installations{};
  EvaluationSettings evaluation{};
  ProbeSettings probing{};
  Limits limits{};
  std::string waivers_file{};  // empty: none
};

// The longest configuration file that is read, in bytes.
inline constexpr std::size_t max_config_bytes = 1U << 20U;

// Sidecars that a mesh or an agent injects, wherever they appear. Source: checks.md.
std::vector<std::string> default_injected_containers();

}  // namespace compliance
