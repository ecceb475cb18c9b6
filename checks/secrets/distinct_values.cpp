// Whether two secrets share a value. Values are compared by fingerprints of what they decode to, so
// that hex in another case is no other value.
#include "checks/caracal/secret_inventory.h"
#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance::secrets {
namespace {

// A key encryption key keeps its value when v0.1.0 renames it.
std::string_view identity_of(const SecretFile& file) {
  return file.logical_name == "zoneKek" ? std::string_view{"secretStoreKek"} : file.logical_name;
}

// True for files of the inventory that hold a value of their own: all but URLs, which repeat
// passwords by nature.
bool has_own_value(const SecretFile& file) {
  const KnownSecret* secret = secret_named(file.logical_name);
  return secret != nullptr && secret->kind != SecretKind::url;
}

// Another secret's file with the same value, compared decoded; null when there is none. Copies of
// one secret are the same secret, and so is a key encryption key under its old and its new name.
// Empty files share nothing.
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

// Names both files and nothing of the value.
Verdict distinct_values_verdict(const SecretFile& file, const Installation& installation) {
  if (file.fault) {
    return unknown(*file.fault, file.origin);
  }
  const SecretFile* other = sharing_value(file, installation);
  if (other == nullptr) {
    return pass();
  }
  return with_expected_observed(
      fail(file.logical_name + " and " + other->logical_name + " have the same value", file.origin),
      "different values", "the same value");
}

Verdicts evaluate_distinct_values(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const SecretFile& file : installation.secrets.files) {
    if (has_own_value(file)) {
      verdicts.push_back(attributed_to(distinct_values_verdict(file, installation),
                                       Component::installation, "secret " + file.logical_name));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check distinct_values{
    .id = "secrets-distinct-values",
    .title = "No two secrets share a value",
    .area = Area::secrets,
    .severity = Severity::high,
    .evidence = Source::secrets,
    .why = "One leak exposes both, and a service holds a key that is not meant for it.",
    .remediation = "Generate a new value for one of the two and restart the services that read it.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_distinct_values,
};

}  // namespace compliance::secrets
