// Whether a manifest contains a secret value. Base64 in `data` is plaintext; SOPS, sealed and
// external secrets are not.
#include <algorithm>

#include "checks/check.h"
#include "checks/facts/installation.h"
#include "checks/facts/kubernetes_objects.h"
#include "checks/formats/secret_properties.h"
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

// True when the value of a secret is readable: any plaintext of a Secret; in a ConfigMap or a
// template the value of a secret of the inventory, any address with a password, any private key.
bool reveals_secret(const StoredObject& object, const StoredValue& value) {
  if (value.form != StoredForm::plaintext || value.shape.length == 0) {
    return false;
  }
  const bool has_password = value.shape.url && value.shape.url->has_password;
  if (object.kind == StoreKind::secret || has_password || value.shape.private_key) {
    return true;
  }
  const KnownSecret* secret = secret_of_key(value.key);
  return secret != nullptr && (secret->kind != SecretKind::url || !value.shape.url);
}

// Where the value stands, to begin a sentence with.
std::string_view place_of(StoreKind kind) {
  switch (kind) {
    case StoreKind::secret:
      return "the manifest";
    case StoreKind::config_map:
      return "the ConfigMap";
    case StoreKind::sealed_secret:
    case StoreKind::external_secret:
      return "the template";
  }
  return "";
}

// The key is named, the value never shown.
Verdict plaintext_verdict(const StoredObject& object, const StoredValue& value) {
  return with_expected_observed(
      fail(std::string{place_of(object.kind)} + " contains the plaintext value of key " + value.key,
           value.origin),
      "SealedSecret, ExternalSecret or SOPS", "plaintext");
}

// An API server keeps Secrets in plaintext by design; what it returns is no manifest. ConfigMaps
// are evaluated wherever they come from.
Verdicts stored_object_verdicts(const StoredObject& object) {
  if (object.from_api_server && object.kind != StoreKind::config_map) {
    return {not_applicable()};
  }
  Verdicts verdicts;
  for (const StoredValue& value : object.values) {
    if (reveals_secret(object, value)) {
      verdicts.push_back(plaintext_verdict(object, value));
    } else if (value.form == StoredForm::reference) {
      verdicts.push_back(
          pass("a deployment tool fills in the value of key " + value.key, value.origin));
    }
  }
  return verdicts.empty() ? Verdicts{pass()} : verdicts;
}

// Private keys in variables of any name but those of the inventory, which secrets-no-inline-values
// evaluates. One that a ConfigMap gives is found there.
Verdicts variable_verdicts(const Container& container) {
  Verdicts verdicts;
  for (const Variable& variable : container.environment.variables) {
    if (variable.from == ValueFrom::literal && variable.value &&
        secret_of_variable(variable.name) == nullptr && holds_private_key(*variable.value)) {
      verdicts.push_back(with_expected_observed(
          fail("the variable " + variable.name + " contains a private key", variable.origin),
          "a file on a secret mount", "plaintext"));
    }
  }
  return verdicts;
}

Verdicts evaluate_not_in_manifests(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const StoredObject& object : installation.kubernetes.stored_objects) {
    if (concerns_caracal(object)) {
      append(verdicts,
             attributed_to(stored_object_verdicts(object), Component::installation, object.object));
    }
  }
  for (const Container& container : installation.kubernetes.containers) {
    append(verdicts, attributed_to(variable_verdicts(container), container));
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
