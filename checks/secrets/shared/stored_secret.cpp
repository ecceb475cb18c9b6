// Secrets and ConfigMaps among the manifests, as far as they hold secrets of Caracal.
#include "checks/secrets/shared/stored_secret.h"

#include <algorithm>

#include "checks/secrets/shared/suspicious_value.h"

namespace compliance {

bool concerns_caracal(const StoredObject& object) {
  return object.kind == StoreKind::config_map || object.used_by_caracal ||
         std::any_of(object.values.begin(), object.values.end(),
                     [](const StoredValue& value) { return secret_of_key(value.key) != nullptr; });
}

bool reveals_secret(const StoredObject& object, const StoredValue& value) {
  if (value.form != StoredForm::plaintext || value.shape.length == 0) {
    return false;
  }
  if (object.kind != StoreKind::config_map) {
    return object.kind == StoreKind::secret;
  }
  if (value.shape.url && value.shape.url->has_password) {
    return true;
  }
  const KnownSecret* secret = secret_of_key(value.key);
  return secret != nullptr && (secret->kind != SecretKind::url || !value.shape.url);
}

}  // namespace compliance
