// Loads roots from a file or the system, and keeps them while their files stay the same.
#include "exporter/observe/probes/tls/trust_store.h"

#include <cstdlib>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <openssl/err.h>
#include <sys/stat.h>

#include "exporter/base/read_file.h"
#include "exporter/observe/x509.h"

namespace compliance::probes {

namespace {

// What tells one state of a file from another without reading it; all zero for none.
struct FileState {
  dev_t device = 0;
  ino_t inode = 0;
  off_t size = 0;
  timespec changed{};

  bool operator==(const FileState& other) const {
    return device == other.device && inode == other.inode && size == other.size &&
           changed.tv_sec == other.changed.tv_sec && changed.tv_nsec == other.changed.tv_nsec;
  }
};

// All zero where the file cannot be looked at.
FileState state_of(const std::string& path) {
  struct stat status {};
  if (path.empty() || ::stat(path.c_str(), &status) != 0) {
    return {};
  }
  return {.device = status.st_dev,
          .inode = status.st_ino,
          .size = status.st_size,
          .changed = status.st_ctim};
}

// OpenSSL lets SSL_CERT_FILE and SSL_CERT_DIR replace its defaults.
std::string from_environment(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets variables
  return value == nullptr ? otherwise : value;
}

// Where the roots come from: the file, or the system's file and directory, as OpenSSL finds them.
std::vector<std::string> places_of(const std::string& ca_file) {
  if (!ca_file.empty()) {
    return {ca_file};
  }
  return {from_environment(X509_get_default_cert_file_env(), X509_get_default_cert_file()),
          from_environment(X509_get_default_cert_dir_env(), X509_get_default_cert_dir())};
}

// The state of all files that a store was made from. A root that was taken away must not be
// trusted any longer: a store is good while its version is.
using Version = std::vector<std::pair<std::string, FileState>>;

// Of a directory only entries that come or go show; OpenSSL looks up its files when it
// needs them.
Version version_of(const std::string& ca_file) {
  Version version;
  for (const std::string& place : places_of(ca_file)) {
    version.emplace_back(place, state_of(place));
  }
  return version;
}

// Reads the roots anew.
ReadResult<TrustStore> read_trust_store(const std::string& ca_file) {
  // Bundles of public roots hold about 150.
  constexpr std::size_t max_file_bytes = 4U << 20U;
  // A store is searched in each handshake.
  constexpr std::size_t max_roots = 2000;
  TrustStore store{X509_STORE_new()};
  if (ca_file.empty()) {
    // What this leaves in the queue of errors would pass for an error of a handshake.
    X509_STORE_set_default_paths(store.get());
    ERR_clear_error();
    return store;
  }
  const auto pem = read_file(ca_file, max_file_bytes);
  if (!pem) {
    return pem.error();
  }
  const auto roots = read_certificates(pem.value(), ca_file, max_roots);
  if (!roots) {
    return roots.error();
  }
  for (const X509Certificate& root : roots.value()) {
    X509_STORE_add_cert(store.get(), root.get());
  }
  ERR_clear_error();
  return store;
}

// Stores by file, safe from all threads; few, since each is a file of the configuration.
// The lock is held while a file is read, so that two threads do not read it twice.
class TrustStores {
 public:
  ReadResult<TrustStore> get(const std::string& ca_file) {
    // Before the file is read: a change meanwhile makes the store old and not new.
    const Version version = version_of(ca_file);
    const std::scoped_lock lock(mutex_);
    const auto known = stores_.find(ca_file);
    if (known != stores_.end() && known->second.version == version) {
      return shared(known->second.store);
    }
    auto fresh = read_trust_store(ca_file);
    if (!fresh) {
      stores_.erase(ca_file);
      return fresh.error();
    }
    Entry& entry = stores_[ca_file];
    entry = {.version = version, .store = std::move(fresh).value()};
    return shared(entry.store);
  }

 private:
  struct Entry {
    Version version{};
    TrustStore store{};
  };

  // Another reference to the same store.
  static TrustStore shared(const TrustStore& store) {
    X509_STORE_up_ref(store.get());
    return TrustStore{store.get()};
  }

  std::mutex mutex_;
  std::map<std::string, Entry> stores_;
};

}  // namespace

ReadResult<TrustStore> load_trust_store(const std::string& ca_file) {
  static TrustStores stores;
  return stores.get(ca_file);
}

}  // namespace compliance::probes
