// Roots of a file, or the system's.
#include "exporter/observe/probes/tls/trust_store.h"

#include <utility>

#include <openssl/err.h>

#include "exporter/observe/read_file.h"
#include "exporter/observe/x509.h"

namespace compliance::probes {

Observed<TrustStore> load_trust_store(const std::string& ca_file) {
  // Bundles of public roots hold about 150.
  constexpr std::size_t longest_file = 4U << 20U;
  constexpr std::size_t most_roots = 2000;
  TrustStore store{X509_STORE_new()};
  if (ca_file.empty()) {
    X509_STORE_set_default_paths(store.get());
    ERR_clear_error();
    return store;
  }
  const auto pem = read_file(ca_file, longest_file);
  if (!pem) {
    return pem.error();
  }
  const auto roots = read_certificates(pem.value(), ca_file, most_roots);
  if (!roots) {
    return roots.error();
  }
  for (const X509Certificate& root : roots.value()) {
    X509_STORE_add_cert(store.get(), root.get());
  }
  ERR_clear_error();
  return store;
}

}  // namespace compliance::probes
