// Finds the certificate files that gateways serve TLS with, as far as this machine can read them.
#include "exporter/observe/secrets/certificate_files.h"

#include <optional>
#include <set>
#include <utility>

#include "checks/caracal/mounts.h"
#include "checks/caracal/secret_mount.h"
#include "checks/caracal/settings.h"
#include "exporter/observe/secrets/certificates.h"

namespace compliance {
namespace {

namespace fs = std::filesystem;

// A file that cannot be read is there: its fault is worth telling.
bool is_there(const CertificateFile& file) {
  return !file.fault || file.fault->reason != UnknownReason::missing_object;
}

// The names under which a secrets directory may hold the file at `path` of the container. A
// directory knows nothing of targets: operators name files by the secret, its key or the file.
std::set<std::string> names_of(const Container& container, const std::string& path) {
  std::set<std::string> names{fs::path{path}.filename().string()};
  if (const auto identity = secret_at(container, path)) {
    names.insert(fs::path{identity->secret}.filename().string());
    names.insert(fs::path{identity->key}.filename().string());
  }
  names.erase("");
  return names;
}

// The last directory that holds the file wins, as for secrets.
std::optional<CertificateFile> in_directories(const Container& container, const std::string& path,
                                              const CertificatePlaces& places) {
  std::vector<fs::path> candidates;
  for (const fs::path& directory : places.directories) {
    for (const std::string& name : names_of(container, path)) {
      candidates.push_back(directory / name);
    }
  }
  std::optional<CertificateFile> found;
  for (const fs::path& candidate : candidates) {
    CertificateFile file = secrets::observe_certificate_file(candidate);
    if (is_there(file)) {
      found = std::move(file);
    }
  }
  return found;
}

// The path on this machine of a file that a Compose mount provides.
std::optional<fs::path> host_path_of(const Mount& mount, const std::string& path,
                                     const CertificatePlaces& places) {
  if (mount.kind == MountKind::bind) {
    return fs::path{mount.source + path.substr(mount.target.size())};
  }
  const auto secret = places.compose_secrets.find(mount.source);
  if (mount.kind == MountKind::compose_secret && secret != places.compose_secrets.end()) {
    return secret->second;
  }
  return std::nullopt;
}

// A file of which nothing but the reason is known.
CertificateFile unseen(Fault fault, const Origin& origin) {
  return {.origin = origin, .fault = std::move(fault)};
}

// The file at `path` of the container, from the first place that has it.
CertificateFile observe_one(const Container& container, const Fact<std::string>& path,
                            const CertificatePlaces& places) {
  if (path.fault) {
    return unseen(*path.fault, path.origin);
  }
  if (auto file = in_directories(container, *path.value, places)) {
    return *std::move(file);
  }
  const Mount* mount = decided_mount_for(container, *path.value);
  const auto host_path =
      mount == nullptr ? std::nullopt : host_path_of(*mount, *path.value, places);
  if (host_path) {
    return secrets::observe_certificate_file(*host_path);
  }
  return unseen({.reason = UnknownReason::not_observable,
                 .message = "the file that TLS_CERT_FILE names is not seen from here"},
                path.origin);
}

}  // namespace

std::vector<CertificateFile> observe_certificates(const ContainerView& containers,
                                                  const CertificatePlaces& places) {
  std::vector<CertificateFile> files;
  for (const Container& container : containers) {
    const Fact<std::string> path = variable_text(container, "TLS_CERT_FILE");
    const bool is_set = path.fault || (path.value && !path.value->empty());
    if (container.component != Component::gateway || !is_set) {
      continue;
    }
    CertificateFile file = observe_one(container, path, places);
    file.component = container.component;
    file.object = container.object;
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace compliance
