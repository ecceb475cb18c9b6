// Loads the roots that the certificate chain of a TLS server has to end at.
#pragma once

#include <memory>
#include <string>

#include <openssl/x509.h>

#include "exporter/observe/source_text.h"

namespace compliance::probes {

// Gives one reference back; others may hold the same store.
struct FreeStore {
  void operator()(X509_STORE* store) const { X509_STORE_free(store); }
};

using TrustStore = std::unique_ptr<X509_STORE, FreeStore>;

// Every certificate of a PEM file, authorities or not; the system's roots when `ca_file` is
// empty. Any thread may call it. All callers share one store while the file stays as it is,
// since reading keys costs as much as a handshake; so nobody may change it. Faults: those
// of read_file() and of read_certificates().
ReadResult<TrustStore> load_trust_store(const std::string& ca_file);

}  // namespace compliance::probes
