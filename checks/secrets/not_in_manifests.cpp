// No secret value stands in a manifest.
#include "checks/check.h"
#include "checks/secrets/shared/stored_secret.h"

namespace compliance::secrets {
namespace {

Verdict not_in_manifests_verdict(const StoredObject& object, const StoredValue& value) {
  return with_expected_observed(
      fail(std::string{object.kind == StoreKind::config_map ? "the ConfigMap" : "the manifest"} +
               " holds the value of key " + value.key,
           value.origin),
      "SealedSecret, ExternalSecret or SOPS", "plaintext");
}

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
      for (Verdict& verdict : not_in_manifests_verdict(object)) {
        verdicts.push_back(
            attributed_to(std::move(verdict), Component::installation, object.object));
      }
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check not_in_manifests{
    .id = "secrets-not-in-manifests",
    .title = "No secret value stands in a manifest",
    .area = Area::secrets,
    .severity = Severity::critical,
    .evidence = Evidence::kubernetes,
    .why = "Base64 is no encryption: whoever reads the repository or its backups has the secret.",
    .remediation =
        "Create the Secret outside the manifests, or keep it encrypted (SealedSecret, "
        "ExternalSecret, SOPS). Then replace the value.",
    .reference = "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    .rule = &evaluate_not_in_manifests,
};
}  // namespace compliance::secrets
