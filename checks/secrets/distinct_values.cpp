// No two secrets share a value.
#include "checks/check.h"
#include "checks/secrets/shared/shared_value.h"

namespace compliance::secrets {
namespace {

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
    .evidence = Evidence::secret_files,
    .why = "One leak gives away both, and a service holds a key that is not meant for it.",
    .remediation = "Generate a new value for one of the two and restart the services that read it.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_distinct_values,
};
}  // namespace compliance::secrets
