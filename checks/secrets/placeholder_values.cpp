// No secret is a well-known placeholder.
#include "checks/check.h"
#include "checks/secrets/shared/secret_text.h"

namespace compliance::secrets {
namespace {

Verdict placeholder_values_verdict(const SecretText& secret) {
  if (secret.fault) {
    return attributed_to(unknown(*secret.fault, secret.origin), secret.component, secret.object);
  }
  if (!is_placeholder(secret)) {
    return attributed_to(pass(), secret.component, secret.object);
  }
  return attributed_to(
      with_expected_observed(
          fail(secret.name + " has a well-known placeholder for a value", secret.origin),
          "a random value", "a placeholder"),
      secret.component, secret.object);
}

Verdicts evaluate_placeholder_values(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const SecretText& secret : secret_texts(installation)) {
    verdicts.push_back(placeholder_values_verdict(secret));
  }
  if (!has_any(installation.configured, Evidence::secret_files)) {
    verdicts.push_back(unknown(UnknownReason::not_configured,
                               "no secret files are configured to look into", Origin{}));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check placeholder_values{
    .id = "secrets-placeholder-values",
    .title = "No secret is a well-known placeholder",
    .area = Area::secrets,
    .severity = Severity::critical,
    .evidence = Evidence::secret_files | Evidence::compose | Evidence::kubernetes,
    .why = "Words from examples are what everybody tries first.",
    .remediation = "Replace it by a random value, for example from openssl rand -hex 32.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_placeholder_values,
};
}  // namespace compliance::secrets
