// Whether a manifest contains a secret value. Base64 in `data` is plaintext; SOPS, sealed and
// external secrets are not.
#include <algorithm>

#include "checks/check.h"
#include "checks/facts/installation.h"
#include "checks/facts/kubernetes_objects.h"
#include "checks/secrets/shared/suspicious_value.h"

namespace compliance::secrets {
namespace {

// True for ConfigMaps, and for Secrets (sealed and external ones too) that a Caracal workload uses
// or that hold a key of the inventory.
bool concerns_caracal(const StoredObject& object) {
  return object.kind == StoreKind::config_map || object.used_by_caracal ||
         std::any_of(object.values.begin(), object.values.end(),
                     [](const StoredValue& value) { return secret_of_key(value.key) != nullptr; });
}

// True when the value of a secret is readable: any plaintext of a Secret; in a
// ConfigMap the value of a secret of the inventory, and any address with a password.
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

// The key is named, the value never shown.
Verdict not_in_manifests_verdict(const StoredObject& object, const StoredValue& value) {
  return with_expected_observed(
      fail(std::string{object.kind == StoreKind::config_map ? "the ConfigMap" : "the manifest"} +
               " contains the plaintext value of key " + value.key,
           value.origin),
      "SealedSecret, ExternalSecret or SOPS", "plaintext");
}

// An API server keeps Secrets in plaintext by design; what it returns is no manifest.
Verdicts not_in_manifests_verdict(const StoredObject& object) {
  if (object.from_api_server) {
    return {not_applicable()};
  }
  Verdicts verdicts;
  for (const StoredValue& value : object.values) {
    if (reveals_secret(object, value)) {
      verdicts.push_back(not_in_manifests_verdict(object, value));
    }
  }
  return verdicts.empty() ? Verdicts{pass()} : verdicts;
}

Verdicts evaluate_not_in_manifests(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const StoredObject& object : installation.kubernetes.stored_objects) {
    if (concerns_caracal(object)) {
      append(verdicts, attributed_to(not_in_manifests_verdict(object), Component::installation,
                                     object.object));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check not_in_manifests{
    .id = "secrets-not-in-manifests",
    .title = "No manifest contains a secret value",
    .area = Area::secrets,
    .severity = Severity::critical,
    .evidence = Source::kubernetes,
    .why =
        "Base64 is not encryption: anyone who can read the repository or its backups has the "
        "secret.",
    .remediation =
        "Create the Secret outside the manifests, or keep it encrypted (SealedSecret, "
        "ExternalSecret, SOPS). Then replace the value.",
    .reference = "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    .rule = &evaluate_not_in_manifests,
};

}  // namespace compliance::secrets
