// What is published of an installation's facts beside its verdicts.
#include "exporter/publish/snapshot.h"

#include <algorithm>

#include "checks/caracal/secret_inventory.h"
#include "checks/facts/installation.h"

namespace compliance {
namespace {

// The first certificate to expire ends the path, the server's own or another one above it. Absent
// where no path was verified.
std::optional<std::chrono::sys_seconds> earliest_end(const TlsHandshake& handshake) {
  std::optional<std::chrono::sys_seconds> earliest;
  for (const Certificate& certificate : handshake.path) {
    if (certificate.not_after) {
      earliest = std::min(earliest.value_or(*certificate.not_after), *certificate.not_after);
    }
  }
  return earliest;
}

}  // namespace

std::vector<PublishedTls> published_tls(const Installation& installation) {
  std::vector<PublishedTls> endpoints;
  for (const Endpoint& endpoint : installation.probed.endpoints) {
    PublishedTls shown{.component = endpoint.component};
    if (endpoint.tls.handshake.value) {
      shown.not_after = earliest_end(*endpoint.tls.handshake.value);
    }
    for (const TlsProtocol protocol : tls_protocols) {
      shown.offered.at(static_cast<std::size_t>(protocol)) = endpoint.tls.offers(protocol).value;
    }
    endpoints.push_back(shown);
  }
  return endpoints;
}

std::vector<PublishedSecret> published_secrets(const Installation& installation) {
  std::vector<PublishedSecret> secrets;
  for (const SecretFile& file : installation.secrets.files) {
    // The names of files that the inventory does not know come from the disk: no label value.
    if (file.changed_at && !file.projected && secret_named(file.logical_name) != nullptr) {
      secrets.push_back({.logical_name = file.logical_name, .changed_at = *file.changed_at});
    }
  }
  return secrets;
}

}  // namespace compliance
