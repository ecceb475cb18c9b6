// Secrets and ConfigMaps among the manifests, as far as they hold secrets of Caracal.
#pragma once

#include "checks/facts/kubernetes_objects.h"

namespace compliance {

// True for ConfigMaps, and for Secrets (sealed and external ones too) that a Caracal workload uses
// or that hold a key of the inventory.
bool concerns_caracal(const StoredObject& object);

// True when the value of a secret stands there to be read: any plaintext of a Secret; in a
// ConfigMap the value of a secret of the inventory, and any address with a password.
bool reveals_secret(const StoredObject& object, const StoredValue& value);

}  // namespace compliance
