// Observes secret files and certificate files of an installation -> facts.
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "checks/caracal/secret_inventory.h"
#include "exporter/base/digest.h"
#include "exporter/observe/secrets/certificate_files.h"
#include "exporter/observe/secrets/secrets.h"
#include "exporter/observe/sources.h"

namespace compliance {
namespace {

// The name by which the inventory knows a secret of a Compose file: the configured one, else the
// secret's, else the file's where the inventory knows only that one.
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

// Everything about a secret file that tells a change, none of it its content. The fingerprint is
// keyed, so the digest cannot be tried against guesses.
std::string digest_of(const SecretFile& file) {
  std::string facts = file.logical_name;
  facts.append(file.text_fingerprint.begin(), file.text_fingerprint.end());
  facts += file.fault ? std::string{name_of(file.fault->reason)} : "";
  if (file.permissions) {
    facts += std::to_string(file.permissions->mode) + ":" + std::to_string(file.permissions->owner);
  }
  return sha256(facts);
}

// A renewed certificate has other dates.
std::string digest_of(const CertificateFile& file) {
  std::string facts = file.object + (file.fault ? std::string{name_of(file.fault->reason)} : "");
  for (const Certificate& certificate : file.certificates) {
    for (const auto& time : {certificate.not_before, certificate.not_after}) {
      facts += ":" + (time ? std::to_string(time->time_since_epoch().count()) : "");
    }
  }
  return sha256(facts);
}

// Where certificates may lie: the secrets directories and the files that Compose names.
CertificatePlaces certificate_places(const SecretsConfig& config,
                                     const std::vector<compose::SecretFileReference>& secrets) {
  CertificatePlaces places{.directories = {config.directories.begin(), config.directories.end()}};
  for (const compose::SecretFileReference& secret : secrets) {
    places.compose_secrets.emplace(secret.name, secret.path);
  }
  return places;
}

// Observes the secrets of an installation once. Collects files by logical name first, since several
// places may hold the same secret.
class SecretsLook {
 public:
  SecretsLook(const SecretsConfig& config, const SourceLimits& limits, Observation& observation)
      : config_(config), limits_(limits), observation_(observation) {}

  void look(const ComposeSecretFiles& named) {
    for (const std::string& directory : config_.directories) {
      read_directory(directory);
    }
    for (const compose::SecretFileReference& secret : named) {
      read_named(secret);
    }
    observation_.places[Source::secrets] = std::move(places_);
    // Compose files name secrets of the machine that runs them. Where none is there, the files were
    // copied here, and "missing" would be wrong.
    if (config_.directories.empty() && !any_there_) {
      return;
    }
    add_files();
    add_certificates(named);
    observation_.installation.configured = observation_.installation.configured | Source::secrets;
    observation_.sources.push_back({Source::secrets, up_, sha256(digests_)});
  }

 private:
  // A later directory replaces files of an earlier one.
  void read_directory(const std::string& directory) {
    places_.merge(places_of_directory(directory, max_watched_directories));
    secrets::SecretDirectoryContent content =
        secrets::observe_secret_directory(directory, config_.names, limits_.max_file_bytes);
    for (SecretFile& file : content.files) {
      files_.insert_or_assign(file.logical_name, std::move(file));
    }
    if (content.fault) {
      up_ = false;
      add_fault(observation_, Source::secrets,
                {origin_of_file(Source::secrets, directory), *content.fault});
    }
  }

  // Files of the directories win over those that Compose names.
  void read_named(const compose::SecretFileReference& secret) {
    places_.merge(places_of_file(secret.path));
    const std::string name = logical_name_of(secret, config_.names);
    if (const auto known = files_.find(name);
        known != files_.end() && !from_compose_.contains(name)) {
      return;
    }
    from_compose_.insert(name);
    SecretFile file = secrets::observe_secret_file(secret.path, name, limits_.max_file_bytes);
    any_there_ = any_there_ || !file.fault || file.fault->reason != UnknownReason::missing_object;
    files_.insert_or_assign(name, std::move(file));
  }

  // A file that is missing is a fact, not a fault of the source.
  void add_files() {
    for (auto& [name, file] : files_) {
      up_ = up_ && (!file.fault || file.fault->reason == UnknownReason::missing_object);
      digests_ += digest_of(file);
      observation_.installation.secrets.files.push_back(std::move(file));
    }
  }

  void add_certificates(const ComposeSecretFiles& named) {
    Installation& installation = observation_.installation;
    installation.secrets.certificates =
        observe_certificates(installation.containers(), certificate_places(config_, named));
    for (const CertificateFile& file : installation.secrets.certificates) {
      // Certificates that are not seen have the origin of the variable that names them.
      const bool is_seen = file.origin.source == Source::secrets;
      up_ = up_ && (!is_seen || !file.fault || file.fault->reason == UnknownReason::missing_object);
      digests_ += digest_of(file);
    }
  }

  const SecretsConfig& config_;
  const SourceLimits& limits_;
  Observation& observation_;
  std::map<std::string, SecretFile> files_;  // by logical name
  std::set<std::string> from_compose_;
  WatchPlaces places_;
  bool up_ = true;
  bool any_there_ = false;  // of the files that Compose names
  std::string digests_;
};

}  // namespace

void observe_secrets(const InstallationConfig& config, const SourceLimits& limits,
                     const ComposeSecretFiles& named, Observation& observation) {
  const SecretsConfig secrets = config.secrets.value_or(SecretsConfig{});
  SecretsLook{secrets, limits, observation}.look(named);
}

}  // namespace compliance
