// The flags of `check` that stand for a configuration file with one installation.
#include "exporter/commands/ad_hoc_sources.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "exporter/base/ascii_host.h"
#include "exporter/base/read_file.h"
#include "exporter/config/parse_config.h"
#include "exporter/observe/compose/default_files.h"

namespace compliance {
namespace {

// "NAME=VALUE" in its parts; nothing when there is no name or no equals sign. The value may be
// empty and may hold further equals signs.
std::optional<std::pair<std::string, std::string>> split_assignment(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return std::nullopt;
  }
  return std::pair{text.substr(0, equals), text.substr(equals + 1)};
}

// The assignments of a repeated flag; of equal names the last one counts. The error names the flag,
// never the value.
Result<std::map<std::string, std::string>> assignments(const std::string& flag,
                                                       const std::vector<std::string>& texts) {
  std::map<std::string, std::string> result;
  for (const std::string& text : texts) {
    auto assignment = split_assignment(text);
    if (!assignment) {
      return Error{flag + " takes NAME=VALUE"};
    }
    result.insert_or_assign(std::move(assignment->first), std::move(assignment->second));
  }
  return result;
}

// The error for the first path that certainly does not exist. "-" is standard input where a
// source can be that; a path with a wildcard is a pattern that may match nothing yet.
std::optional<Error> missing_path(const std::string& flag, const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    std::error_code error;
    // A path that cannot be checked may exist: reading it reports the error later.
    const bool absent = std::filesystem::symlink_status(path, error).type() ==
                        std::filesystem::file_type::not_found;
    const bool is_input = path == "-" && (flag == "--compose" || flag == "--manifests" ||
                                          flag == "--runtime-cli-help");
    if (!is_input && absent && path.find_first_of("*?[") == std::string::npos) {
      return Error{std::string{flag}.append(": ").append(path).append(" does not exist")};
    }
  }
  return std::nullopt;
}

// Checked for flags alone: a mistyped path on a command line is wrong usage (exit code 2). In a
// configuration file a missing path is evidence, and makes rows unknown instead.
std::optional<Error> first_missing_path(const AdHocSources& sources) {
  for (const auto& [flag, paths] :
       {std::pair<std::string, std::vector<std::string>>{"--compose", sources.compose},
        {"--env-file", sources.env_files},
        {"--manifests", sources.manifests},
        {"--secrets", sources.secrets}}) {
    if (auto error = missing_path(flag, paths)) {
      return error;
    }
  }
  for (const auto& [flag, path] :
       {std::pair<std::string, std::string>{"--runtime-cli-help", sources.runtime_cli_help},
        {"--ca-file", sources.ca_file}}) {
    if (auto error = path.empty() ? std::nullopt : missing_path(flag, {path})) {
      return error;
    }
  }
  return std::nullopt;
}

// The files that --compose names; a directory stands for those that Compose would take there.
Result<std::vector<std::string>> compose_files(const std::vector<std::string>& paths) {
  const auto read = [](const std::filesystem::path& path) {
    return read_file(path, Limits{}.max_file_bytes);
  };
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    const auto named = compose::default_files(path, read);
    if (named.empty()) {
      return Error{"--compose: " + path + " has no Compose file"};
    }
    files.insert(files.end(), named.begin(), named.end());
  }
  return files;
}

// Sets the sections of sources that were given. The others stay absent, so that their rows are
// unknown, not_configured.
void add_sources(const AdHocSources& sources, InstallationConfig& installation) {
  if (!sources.compose.empty()) {
    installation.compose = ComposeConfig{
        .files = sources.compose, .env_files = sources.env_files, .profiles = sources.profiles};
  }
  if (!sources.manifests.empty()) {
    installation.kubernetes = KubernetesConfig{.manifests = sources.manifests,
                                               .release = sources.release,
                                               .default_namespace = sources.kubernetes_namespace};
  }
  if (!sources.secrets.empty()) {
    installation.secrets = SecretsConfig{.directories = sources.secrets};
  }
  if (!sources.runtime_cli_help.empty()) {
    installation.runtime_cli = RuntimeCliConfig{.help_file = sources.runtime_cli_help};
  }
}

// The flag replaces the default, web alone; it does not add to it.
std::optional<Error> add_public_components(const AdHocSources& sources,
                                           InstallationConfig& installation) {
  if (!sources.public_components.empty()) {
    installation.public_components.clear();
  }
  for (const std::string& name : sources.public_components) {
    const auto component = component_named(name);
    if (!component) {
      return Error{"--public: '" + name + "' is not a component"};
    }
    installation.public_components.push_back(*component);
  }
  return std::nullopt;
}

// Names of services or workloads that do not tell which component they are. `installation` is no
// component that a workload could be.
std::optional<Error> add_names(const AdHocSources& sources, InstallationConfig& installation) {
  if (auto error = add_public_components(sources, installation)) {
    return error;
  }
  auto components = assignments("--component", sources.components);
  if (!components) {
    return components.error();
  }
  for (const auto& [name, word] : components.value()) {
    const auto component = component_named(word);
    if (!component || *component == Component::installation) {
      return Error{"--component: '" + word + "' is not a component"};
    }
    installation.components[name] = *component;
  }
  return std::nullopt;
}

// One --connect-to and one --ca-file serve every endpoint: a command line describes one place to
// look from. A configuration file may differ for each endpoint.
std::optional<Error> add_endpoints(const AdHocSources& sources, InstallationConfig& installation) {
  for (const auto& [name, given] : sources.endpoints) {
    const auto component = component_named(name);
    if (!component || given.empty()) {
      continue;
    }
    const std::string url = with_ascii_hosts(given);
    if (const std::string problem = endpoint_url_problem(url); !problem.empty()) {
      return Error{std::string{"--"}.append(name).append(" ").append(problem)};
    }
    installation.endpoints.list.push_back({.component = *component,
                                           .url = url,
                                           .connect_to = sources.connect_to,
                                           .ca_file = sources.ca_file});
  }
  if (!sources.connect_to.empty() && !read_host_port(sources.connect_to)) {
    return Error{"--connect-to must be HOST:PORT, an IPv6 address in brackets"};
  }
  if (installation.endpoints.list.empty() && !(sources.connect_to + sources.ca_file).empty()) {
    // Rejected although harmless: whoever sets a CA expects that something is verified with it.
    return Error{"--connect-to and --ca-file need an endpoint: --web, --sts or another"};
  }
  return std::nullopt;
}

// The files of directories, and the variables, of the Compose project where there is one.
std::optional<Error> complete_compose(const AdHocSources& sources,
                                      InstallationConfig& installation) {
  auto environment = assignments("--env", sources.environment);
  if (!environment) {
    return environment.error();
  }
  if (!installation.compose) {
    return std::nullopt;
  }
  auto files = compose_files(installation.compose->files);
  if (!files) {
    return files.error();
  }
  installation.compose->files = std::move(files).value();
  installation.compose->environment = std::move(environment).value();
  return std::nullopt;
}

}  // namespace

bool AdHocSources::any() const {
  const bool any_endpoint = std::any_of(endpoints.begin(), endpoints.end(),
                                        [](const auto& entry) { return !entry.second.empty(); });
  return !compose.empty() || !manifests.empty() || !secrets.empty() || !runtime_cli_help.empty() ||
         any_endpoint;
}

Result<Config> config_from_flags(const AdHocSources& sources) {
  if (auto error = first_missing_path(sources)) {
    return *error;
  }
  InstallationConfig installation{
      .name = "default",
      .stage = sources.stage == "staging" ? DeploymentStage::staging : DeploymentStage::production,
      .injected_containers = default_injected_containers()};
  add_sources(sources, installation);
  if (auto error = add_names(sources, installation)) {
    return *error;
  }
  if (auto error = add_endpoints(sources, installation)) {
    return *error;
  }
  if (auto error = complete_compose(sources, installation)) {
    return *error;
  }
  auto thresholds = assignments("--policy", sources.policy);
  if (!thresholds) {
    return thresholds.error();
  }
  auto policy = parse_policy(thresholds.value());
  if (!policy) {
    return in_context("--policy", policy.error());
  }
  Config config;
  config.installations.push_back(std::move(installation));
  config.evaluation.policy = policy.value().policy;
  config.probing = policy.value().probing;
  return config;
}

}  // namespace compliance
