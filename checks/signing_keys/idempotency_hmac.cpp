// Whether the idempotency key of the coordinator is set and is hex of at least 32 bytes, from
// v0.1.0 on.
#include "checks/caracal/settings.h"
#include "checks/signing_keys/shared/key_rule.h"

namespace compliance::signing_keys {
namespace {

// Only an unset key depends on the release: before v0.1.0 there was none.
Verdict idempotency_setting_verdict(const KeySetting& setting) {
  const Container& container = *setting.container;
  if (setting.setting.form == SettingForm::unset && !container.release) {
    return attributed_to(
        unknown(UnknownReason::unresolved_reference,
                "IDEMPOTENCY_HMAC_KEY is not set, and the release, which decides whether "
                "it is needed, is not known",
                container.origin),
        container);
  }
  if (setting.setting.form == SettingForm::unset && !is_from_v0_1_0_on(*container.release)) {
    return attributed_to(not_applicable(), container);
  }
  return key_setting_verdict(setting, keys::idempotency);
}

// A key that is there is evaluated at any release.
Verdicts evaluate_idempotency_hmac(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts =
      evaluate_key_contents(installation, keys::idempotency, KeyLength::at_least_32_bytes);
  for (const KeySetting& setting : key_settings(installation, keys::idempotency)) {
    verdicts.push_back(idempotency_setting_verdict(setting));
  }
  const Evidence files = Source::compose | Source::kubernetes;
  if (verdicts.empty() && !has_any(installation.configured, files)) {
    verdicts.push_back(unknown(UnknownReason::unresolved_reference,
                               "without Compose or Kubernetes files the release, which decides "
                               "whether the key is needed, is not known",
                               Origin{.source = Source::secrets}));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check idempotency_hmac{
    .id = "signing-keys-idempotency-hmac",
    .title = "From v0.1.0 on, the idempotency key is set and is hex of at least 32 bytes",
    .area = Area::signing_keys,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes | Source::secrets,
    .why =
        "With a missing, short or misread key, stored request receipts can be guessed or forged.",
    .remediation =
        "Write the output of 'openssl rand -hex 32' to the secret idempotencyHmacKey and point "
        "IDEMPOTENCY_HMAC_KEY_FILE of the coordinator to it.",
    .reference = "https://www.rfc-editor.org/rfc/rfc2104",
    .rule = RuleOnEach<Installation>{&evaluate_idempotency_hmac},
};

}  // namespace compliance::signing_keys
