// Finds the certificate files that gateways serve TLS with, as far as this machine can read them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "checks/facts/certificate.h"
#include "checks/facts/installation.h"

namespace compliance {

// Where certificate files may lie on this machine.
struct CertificatePlaces {
  std::map<std::string, std::filesystem::path> compose_secrets{};  // files of top-level secrets
  std::vector<std::filesystem::path> directories{};                // of secrets; the last one wins
};

// The certificate file of each gateway that names one in TLS_CERT_FILE (FACTS.md 7.3): from a
// secrets directory, by the name of the secret, its key or the file itself; else the Compose
// secret's file or the host path of the bind mount. One that is not seen has a fault. Takes nothing
// from containers of other components, which have no TLS of their own.
std::vector<CertificateFile> observe_certificates(const ContainerView& containers,
                                                  const CertificatePlaces& places);

}  // namespace compliance
