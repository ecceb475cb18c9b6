// Runs every configured source of an installation.
#include "exporter/observe/observe.h"

#include <filesystem>
#include <utility>

#include "checks/subject/secret_inventory.h"
#include "exporter/base/digest.h"
#include "exporter/observe/certificate_files.h"
#include "exporter/observe/compose/compose.h"
#include "exporter/observe/manifest_files.h"
#include "exporter/observe/read_file.h"
#include "exporter/observe/runtime_cli/help_text.h"
#include "exporter/observe/runtime_cli/run_help.h"
#include "exporter/observe/secrets/secrets.h"

namespace compliance {
namespace {

namespace fs = std::filesystem;

Origin origin_of_file(Source source, const std::string& path) {
  return {.source = source, .place = Place{path}};
}

void add_fault(Observation& observation, Evidence evidence, LocatedFault fault) {
  observation.installation.faults.push_back(
      {.evidence = evidence, .origin = std::move(fault.origin), .fault = std::move(fault.fault)});
}

template <class T>
void move_into(std::vector<T>& target, std::vector<T>& source) {
  target.insert(target.end(), std::make_move_iterator(source.begin()),
                std::make_move_iterator(source.end()));
}

// The name by which the inventory knows a secret of a Compose file.
std::string logical_name_of(const compose::SecretFileReference& secret,
                            const std::map<std::string, std::string>& names) {
  const std::string file = secret.path.filename().string();
  for (const std::string& name : {file, secret.name}) {
    if (const auto configured = names.find(name); configured != names.end()) {
      return configured->second;
    }
  }
  return secret_named(secret.name) == nullptr && secret_named(file) != nullptr ? file : secret.name;
}

// Everything about a secret file that tells a change, none of it its content.
std::string digest_of(const SecretFile& file) {
  std::string facts = file.logical_name;
  facts.append(file.text_fingerprint.begin(), file.text_fingerprint.end());
  facts += file.fault ? std::string{name_of(file.fault->reason)} : "";
  if (file.permissions) {
    facts += std::to_string(file.permissions->mode) + ":" + std::to_string(file.permissions->owner);
  }
  return sha256(facts);
}

std::string digest_of(const CertificateFile& file) {
  std::string facts = file.object + (file.fault ? std::string{name_of(file.fault->reason)} : "");
  for (const Certificate& certificate : file.certificates) {
    for (const auto& time : {certificate.not_before, certificate.not_after}) {
      facts += ":" + (time ? std::to_string(time->time_since_epoch().count()) : "");
    }
  }
  return sha256(facts);
}

CertificatePlaces certificate_places(const SecretsConfig& config,
                                     const std::vector<compose::SecretFileReference>& secrets) {
  CertificatePlaces places{.directories = {config.directories.begin(), config.directories.end()}};
  for (const compose::SecretFileReference& secret : secrets) {
    places.compose_secrets.emplace(secret.name, secret.path);
  }
  return places;
}

}  // namespace

InstallationObserver::InstallationObserver(InstallationConfig config, const Limits& limits,
                                           std::string standard_input)
    : config_(std::move(config)), limits_(limits), standard_input_(std::move(standard_input)) {}

Observation InstallationObserver::observe(std::chrono::sys_seconds now) {
  Observation observation;
  Installation& installation = observation.installation;
  installation.name = config_.name;
  installation.stage = config_.stage;
  installation.public_components = config_.public_components;
  installation.allowed_ingress = config_.allowed_ingress;
  installation.split_origins = config_.split_origins;
  installation.private_upstreams = config_.private_upstreams;
  installation.upstream_allowlist_expected = config_.upstream_allowlist_expected;
  installation.observed_at = now;
  compose_secret_files_.clear();
  if (config_.compose) {
    observe_compose(observation);
  }
  if (config_.kubernetes) {
    observe_kubernetes(observation);
  }
  observe_secrets(observation);
  if (config_.runtime_cli) {
    observe_runtime_cli(observation);
  }
  return observation;
}

Observed<std::string> InstallationObserver::read(const std::string& path,
                                                 FileReading& reading) const {
  auto text = path == "-" ? Observed<std::string>{standard_input_}
                          : read_file(path, limits_.max_file_bytes);
  if (text) {
    reading.bytes += text.value().size();
    if (reading.bytes > limits_.max_source_bytes) {
      return Fault{.reason = UnknownReason::limit_exceeded,
                   .message = "the files of this source are more than limits.max_source_bytes (" +
                              std::to_string(limits_.max_source_bytes) + " bytes) together"};
    }
    reading.digests += sha256(text.value());
  }
  return text;
}

void InstallationObserver::observe_compose(Observation& observation) {
  FileReading reading;
  Installation& installation = observation.installation;
  installation.configured = installation.configured | Evidence::compose;
  compose::ComposeInput input{.environment = config_.compose->environment,
                              .profiles = config_.compose->profiles,
                              .components = config_.components,
                              .injected_containers = config_.injected_containers};
  const auto read_all = [&](const std::vector<std::string>& paths, std::vector<SourceText>& texts) {
    for (const std::string& path : paths) {
      auto text = read(path, reading);
      if (text) {
        texts.push_back({.path = path, .text = std::move(text).value()});
      } else {
        reading.up = false;
        add_fault(observation, Evidence::compose,
                  {origin_of_file(Source::compose, path), text.error()});
      }
    }
  };
  read_all(config_.compose->files, input.files);
  read_all(config_.compose->env_files, input.env_files);
  input.read = [&](const fs::path& path) { return read(path.string(), reading); };
  const fs::path first{config_.compose->files.front()};
  input.project_directory = first == "-" ? fs::path{"."} : first.parent_path();
  if (reading.up) {
    auto facts = compose::parse_compose(input);
    if (facts) {
      compose::ComposeFacts content = std::move(facts).value();
      move_into(installation.containers, content.containers);
      move_into(installation.compose_secrets, content.secrets);
      move_into(installation.networks, content.networks);
      compose_secret_files_ = std::move(content.secret_files);
      for (LocatedFault& fault : content.faults) {
        // Named without evidence: the facts that it touches say so themselves, the others stand.
        reading.up = false;
        add_fault(observation, Evidence::none, std::move(fault));
      }
    } else {
      reading.up = false;
      add_fault(observation, Evidence::compose, facts.error());
    }
  }
  observation.sources.push_back({Source::compose, reading.up, sha256(reading.digests)});
}

void InstallationObserver::observe_kubernetes(Observation& observation) {
  FileReading reading;
  Installation& installation = observation.installation;
  installation.configured = installation.configured | Evidence::kubernetes;
  FoundFiles found = find_manifest_files(config_.kubernetes->manifests);
  reading.up = found.faults.empty();
  for (LocatedFault& fault : found.faults) {
    add_fault(observation, Evidence::kubernetes, std::move(fault));
  }
  manifests_.begin();
  for (const fs::path& path : found.files) {
    auto text = read(path.string(), reading);
    if (text) {
      manifests_.add({.path = path.string(), .text = std::move(text).value()});
    } else {
      reading.up = false;
      add_fault(observation, Evidence::kubernetes,
                {origin_of_file(Source::kubernetes, path.string()), text.error()});
    }
  }
  ManifestCache::Content manifests = manifests_.finish();
  for (LocatedFault& fault : manifests.faults) {
    reading.up = false;
    add_fault(observation, Evidence::kubernetes, std::move(fault));
  }
  auto linked = kubernetes::link_objects(
      manifests.objects, {.release = config_.kubernetes->release,
                          .default_namespace = config_.kubernetes->default_namespace,
                          .components = config_.components,
                          .injected_containers = config_.injected_containers});
  if (linked) {
    kubernetes::add_facts(std::move(linked).value(), installation);
  } else {
    reading.up = false;
    add_fault(observation, Evidence::kubernetes, linked.error());
  }
  observation.sources.push_back({Source::kubernetes, reading.up, sha256(reading.digests)});
}

void InstallationObserver::observe_secrets(Observation& observation) {
  Installation& installation = observation.installation;
  const SecretsConfig config = config_.secrets.value_or(SecretsConfig{});
  std::map<std::string, SecretFile> files;  // by logical name; directories win
  bool up = true;
  for (const std::string& directory : config.directories) {
    secrets::SecretDirectoryContent content =
        secrets::observe_secret_directory(directory, config.names, limits_.max_file_bytes);
    for (SecretFile& file : content.files) {
      files.insert_or_assign(file.logical_name, std::move(file));
    }
    if (content.fault) {
      up = false;
      add_fault(observation, Evidence::secret_files,
                {origin_of_file(Source::secrets, directory), *content.fault});
    }
  }
  bool any_there = !config.directories.empty();
  std::vector<SecretFile> named_by_compose;
  for (const compose::SecretFileReference& secret : compose_secret_files_) {
    const std::string name = logical_name_of(secret, config.names);
    if (files.contains(name)) {
      continue;
    }
    named_by_compose.push_back(
        secrets::observe_secret_file(secret.path, name, limits_.max_file_bytes));
    const auto& fault = named_by_compose.back().fault;
    any_there = any_there || !fault || fault->reason != UnknownReason::missing_object;
  }
  if (!any_there) {
    return;
  }
  for (SecretFile& file : named_by_compose) {
    files.insert_or_assign(file.logical_name, std::move(file));
  }
  std::string digests;
  for (auto& [name, file] : files) {
    up = up && (!file.fault || file.fault->reason == UnknownReason::missing_object);
    digests += digest_of(file);
    installation.secret_files.push_back(std::move(file));
  }
  installation.certificates = observe_certificates(
      installation.containers, certificate_places(config, compose_secret_files_));
  for (const CertificateFile& file : installation.certificates) {
    const bool is_seen = file.origin.source == Source::secrets;
    up = up && (!is_seen || !file.fault || file.fault->reason == UnknownReason::missing_object);
    digests += digest_of(file);
  }
  installation.configured = installation.configured | Evidence::secret_files;
  observation.sources.push_back({Source::secrets, up, sha256(digests)});
}

void InstallationObserver::observe_runtime_cli(Observation& observation) {
  const RuntimeCliConfig& config = *config_.runtime_cli;
  Installation& installation = observation.installation;
  installation.configured = installation.configured | Evidence::runtime_cli;
  FileReading reading;
  const bool runs = !config.command.empty();
  const std::string place = runs ? config.command.front() : config.help_file;
  auto text = runs ? runtime_cli::run_help(config.command, {}) : read(config.help_file, reading);
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
  if (fault) {
    add_fault(observation, Evidence::runtime_cli, *std::move(fault));
  }
}

}  // namespace compliance
