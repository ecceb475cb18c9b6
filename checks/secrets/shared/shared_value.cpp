// Which secrets have to differ from one another.
#include "checks/secrets/shared/shared_value.h"

#include "checks/caracal/secret_inventory.h"

namespace compliance {
namespace {

// A key encryption key keeps its value when it gets its new name with v0.1.0.
std::string_view identity_of(const SecretFile& file) {
  return file.logical_name == "zoneKek" ? std::string_view{"secretStoreKek"} : file.logical_name;
}

}  // namespace

bool has_own_value(const SecretFile& file) {
  const KnownSecret* secret = secret_named(file.logical_name);
  return secret != nullptr && secret->kind != SecretKind::url;
}

const SecretFile* sharing_value(const SecretFile& file, const Installation& installation) {
  for (const SecretFile& other : installation.secrets.files) {
    if (has_own_value(other) && !other.fault && other.shape.length > 0 &&
        identity_of(other) != identity_of(file) &&
        other.decoded_fingerprint == file.decoded_fingerprint) {
      return &other;
    }
  }
  return nullptr;
}

}  // namespace compliance
