// One entry of `installations`.
#include <algorithm>

#include "checks/caracal/upstream_allowlist.h"
#include "checks/formats/web_url.h"
#include "exporter/base/ascii_host.h"
#include "exporter/config/sections.h"

namespace compliance {
namespace {

// Reads one entry; problems do not stop it, so that all of them are reported at once.
class InstallationReader {
 public:
  InstallationReader(std::string directory, ConfigProblems& problems)
      : directory_(std::move(directory)), problems_(problems) {}

  InstallationConfig read(const ConfigNode& node);

 private:
  ComposeConfig read_compose(const ConfigNode& node);
  KubernetesConfig read_kubernetes(const ConfigNode& node);
  SecretsConfig read_secrets(const ConfigNode& node);
  RuntimeCliConfig read_runtime_cli(const ConfigNode& node);
  std::map<std::string, Component> read_components(const ConfigNode& node);
  std::vector<Component> read_public_components(const ConfigNode& node);
  // Absent, with a problem that lists the names, for anything else than a component.
  std::optional<Component> read_component(const ConfigNode& node);
  void read_name(const ConfigNode& node, InstallationConfig& installation);
  // Adds problems for an entry that names nothing to observe: it would be wholly unknown for ever.
  void check_sources(const ConfigNode& node);
  // Adds the readers of what the operator declares and of what is probed.
  void add_declarations(InstallationConfig& installation, KeyReaders& readers);
  // Origins as origin_of() writes them, so that checks compare texts.
  std::vector<std::string> read_origins(const ConfigNode& node);
  // Hosts as the Gateway reads entries of its own allowlist. Source: FACTS.md 7.5.
  std::vector<std::string> read_hosts(const ConfigNode& node);
  // A list of at least one path, each resolved against the directory of the file.
  std::vector<std::string> read_paths(const ConfigNode& node);
  std::vector<std::string> read_files(const ConfigNode& node);

  std::string directory_;
  ConfigProblems& problems_;
};

// Later keys overwrite nothing of earlier ones: load_config_tree() has rejected duplicates.
InstallationConfig InstallationReader::read(const ConfigNode& node) {
  InstallationConfig installation;
  installation.injected_containers = default_injected_containers();
  KeyReaders readers;
  readers["name"] = [&](const ConfigNode& value) { read_name(value, installation); };
  readers["environment"] = [&](const ConfigNode& value) {
    // Any problem leaves the stricter of the two, production.
    if (read_choice(value, {"production", "staging"}, problems_) == "staging") {
      installation.stage = DeploymentStage::staging;
    }
  };
  readers["public_components"] = [&](const ConfigNode& value) {
    installation.public_components = read_public_components(value);
  };
  readers["components"] = [&](const ConfigNode& value) {
    installation.components = read_components(value);
  };
  // Added to the defaults: a site that names its own sidecar still meets those of the meshes.
  readers["injected_containers"] = [&](const ConfigNode& value) {
    for (std::string& name : read_strings(value, problems_)) {
      installation.injected_containers.push_back(std::move(name));
    }
  };
  readers["allowed_ingress"] = [&](const ConfigNode& value) {
    installation.allowed_ingress = read_allowed_ingress(value, problems_);
  };
  add_declarations(installation, readers);
  readers["compose"] = [&](const ConfigNode& value) { installation.compose = read_compose(value); };
  readers["kubernetes"] = [&](const ConfigNode& value) {
    installation.kubernetes = read_kubernetes(value);
  };
  readers["secrets"] = [&](const ConfigNode& value) { installation.secrets = read_secrets(value); };
  readers["runtime_cli"] = [&](const ConfigNode& value) {
    installation.runtime_cli = read_runtime_cli(value);
  };
  read_mapping(node, "an installation", readers, problems_);
  check_sources(node);
  return installation;
}

void InstallationReader::add_declarations(InstallationConfig& installation, KeyReaders& readers) {
  readers["split_origins"] = [&](const ConfigNode& value) {
    installation.split_origins = read_origins(value);
  };
  readers["private_upstreams"] = [&](const ConfigNode& value) {
    installation.private_upstreams = read_hosts(value);
  };
  readers["upstream_allowlist_expected"] = [&](const ConfigNode& value) {
    installation.upstream_allowlist_expected = read_boolean(value, problems_).value_or(true);
  };
  readers["endpoints"] = [&](const ConfigNode& value) {
    installation.endpoints = read_endpoints(value, directory_, problems_);
  };
  readers["exposure"] = [&](const ConfigNode& value) {
    installation.exposure = read_exposure(value, problems_);
  };
  readers["datastores"] = [&](const ConfigNode& value) {
    installation.datastores = read_datastores(value, problems_);
  };
  readers["dns"] = [&](const ConfigNode& value) { installation.dns = read_dns(value, problems_); };
}

std::vector<std::string> InstallationReader::read_origins(const ConfigNode& node) {
  std::vector<std::string> origins;
  read_strings(node, problems_);
  for (const ConfigNode& item : node.items) {
    if (item.kind != ConfigNode::Kind::scalar || item.text.empty()) {
      continue;  // read_strings() has rejected it
    }
    const WebUrlReading reading = read_web_url(with_ascii_hosts(item.text));
    if (!reading.sound() || !is_origin(reading.url)) {
      problems_.add(item, "must be an origin: http or https, a host, perhaps a port, nothing else");
    } else {
      origins.push_back(origin_of(reading.url));
    }
  }
  return origins;
}

std::vector<std::string> InstallationReader::read_hosts(const ConfigNode& node) {
  std::vector<std::string> hosts = read_strings(node, problems_);
  for (const ConfigNode& item : node.items) {
    if (item.kind != ConfigNode::Kind::scalar || item.text.empty()) {
      continue;  // read_strings() has rejected it
    }
    const auto entries = upstream_entries(item.text);
    if (entries.size() != 1 || !dead_entry(entries.front()).empty()) {
      problems_.add(item, "must be a bare host name or address, as in the Gateway's allowlist");
    }
  }
  return hosts;
}

void InstallationReader::read_name(const ConfigNode& node, InstallationConfig& installation) {
  if (const auto name = read_string(node, problems_)) {
    installation.name = *name;
    if (const std::string problem = installation_name_problem(*name); !problem.empty()) {
      problems_.add(node, problem);
    }
  }
}

void InstallationReader::check_sources(const ConfigNode& node) {
  if (node.kind != ConfigNode::Kind::mapping) {
    return;
  }
  if (node.find("name") == nullptr) {
    problems_.add(node, "an installation needs a name");
  }
  for (const char* source :
       {"compose", "kubernetes", "secrets", "runtime_cli", "endpoints", "exposure", "datastores"}) {
    if (node.find(source) != nullptr) {
      return;
    }
  }
  problems_.add(node,
                "an installation needs a source: compose, kubernetes, secrets, runtime_cli, "
                "endpoints, exposure or datastores");
}

std::optional<Component> InstallationReader::read_component(const ConfigNode& node) {
  const auto name = read_choice(node, component_choices(), problems_);
  return name ? component_named(*name) : std::nullopt;
}

std::vector<Component> InstallationReader::read_public_components(const ConfigNode& node) {
  std::vector<Component> components;
  if (node.kind != ConfigNode::Kind::sequence) {
    problems_.add(node, "public_components must be a list of components");
    return components;
  }
  for (const ConfigNode& item : node.items) {
    if (const auto component = read_component(item)) {
      components.push_back(*component);
    }
  }
  return components;
}

std::map<std::string, Component> InstallationReader::read_components(const ConfigNode& node) {
  std::map<std::string, Component> components;
  if (node.kind != ConfigNode::Kind::mapping) {
    problems_.add(node, "components must be a mapping of service or workload names to components");
    return components;
  }
  for (const auto& [key, value] : node.entries) {
    if (const auto component = read_component(value)) {
      components[key.text] = *component;
    }
  }
  return components;
}

std::vector<std::string> InstallationReader::read_paths(const ConfigNode& node) {
  std::vector<std::string> paths = read_strings(node, problems_);
  if (node.kind == ConfigNode::Kind::sequence && node.items.empty()) {
    problems_.add(node, "must name at least one path");
  }
  for (std::string& path : paths) {
    path = resolved_path(directory_, path);
  }
  return paths;
}

// The same for sources that cannot be standard input.
std::vector<std::string> InstallationReader::read_files(const ConfigNode& node) {
  auto paths = read_paths(node);
  if (std::find(paths.begin(), paths.end(), "-") != paths.end()) {
    problems_.add(node,
                  "standard input (-) can only be a Compose file, a manifest or the help text");
  }
  return paths;
}

ComposeConfig InstallationReader::read_compose(const ConfigNode& node) {
  ComposeConfig compose;
  read_mapping(
      node, "compose",
      {{"files", [&](const ConfigNode& value) { compose.files = read_paths(value); }},
       {"env_files", [&](const ConfigNode& value) { compose.env_files = read_files(value); }},
       {"environment",
        [&](const ConfigNode& value) { compose.environment = read_string_map(value, problems_); }},
       {"profiles",
        [&](const ConfigNode& value) { compose.profiles = read_strings(value, problems_); }}},
      problems_);
  if (node.kind == ConfigNode::Kind::mapping && node.find("files") == nullptr) {
    problems_.add(node, "compose needs files");
  }
  return compose;
}

KubernetesConfig InstallationReader::read_kubernetes(const ConfigNode& node) {
  KubernetesConfig kubernetes;
  read_mapping(
      node, "kubernetes",
      {{"manifests", [&](const ConfigNode& value) { kubernetes.manifests = read_paths(value); }},
       {"release",
        [&](const ConfigNode& value) {
          kubernetes.release = read_string(value, problems_).value_or("");
        }},
       {"namespace",
        [&](const ConfigNode& value) {
          kubernetes.default_namespace = read_string(value, problems_).value_or("");
        }}},
      problems_);
  if (node.kind == ConfigNode::Kind::mapping && node.find("manifests") == nullptr) {
    problems_.add(node, "kubernetes needs manifests");
  }
  return kubernetes;
}

SecretsConfig InstallationReader::read_secrets(const ConfigNode& node) {
  SecretsConfig secrets;
  read_mapping(
      node, "secrets",
      {{"directories", [&](const ConfigNode& value) { secrets.directories = read_files(value); }},
       {"names",
        [&](const ConfigNode& value) { secrets.names = read_string_map(value, problems_); }}},
      problems_);
  return secrets;
}

RuntimeCliConfig InstallationReader::read_runtime_cli(const ConfigNode& node) {
  RuntimeCliConfig cli;
  read_mapping(
      node, "runtime_cli",
      {{"help_file",
        [&](const ConfigNode& value) {
          cli.help_file = resolved_path(directory_, read_string(value, problems_).value_or(""));
        }},
       {"command", [&](const ConfigNode& value) { cli.command = read_strings(value, problems_); }}},
      problems_);
  if (node.kind == ConfigNode::Kind::mapping &&
      (node.find("help_file") != nullptr) == (node.find("command") != nullptr)) {
    problems_.add(node, "runtime_cli needs either help_file or command");
  }
  // A management command that is run may act on a bad program (FACTS.md 11.4).
  if (!cli.command.empty() && (cli.command.size() != 2 || cli.command.back() != "--help")) {
    problems_.add(*node.find("command"),
                  "command must be [PATH, --help]: nothing else is ever executed");
  }
  return cli;
}

}  // namespace

std::vector<std::string_view> component_choices() {
  std::vector<std::string_view> choices;
  for (auto value = static_cast<int>(Component::web);
       value < static_cast<int>(Component::installation); ++value) {
    choices.push_back(name_of(static_cast<Component>(value)));
  }
  return choices;
}

std::vector<std::string> default_injected_containers() {
  return {"istio-init",    "istio-proxy", "linkerd-init",
          "linkerd-proxy", "vault-agent", "vault-agent-init"};
}

// The reserved name first: it would be a valid one.
std::string installation_name_problem(const std::string& name) {
  if (name == exporter_installation_name) {
    return "the name 'exporter' is reserved for the exporter's own posture";
  }
  return is_lower_case_name(name)
             ? ""
             : "an installation's name must be 1 to 63 characters of a-z, 0-9 and -";
}

bool is_lower_case_name(std::string_view name) {
  constexpr std::size_t max_size = 63;
  return !name.empty() && name.size() <= max_size &&
         std::all_of(name.begin(), name.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                  letter == '-';
         });
}

InstallationConfig read_installation(const ConfigNode& node, const std::string& directory,
                                     ConfigProblems& problems) {
  return InstallationReader{directory, problems}.read(node);
}

}  // namespace compliance
