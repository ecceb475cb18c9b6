// Whether the audit key is set and is hex of at least 32 bytes.
#include "checks/signing_keys/shared/key_rule.h"

namespace compliance::signing_keys {
namespace {

// Published mode demands it of sts, gateway and audit, and of api with Control (FACTS.md 2.3).
Verdicts evaluate_audit_hmac(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_key(installation, keys::audit, KeyLength::at_least_32_bytes);
}

}  // namespace

extern constinit const Check audit_hmac{
    .id = "signing-keys-audit-hmac",
    .title = "The audit key is set and is hex of at least 32 bytes",
    .area = Area::signing_keys,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes | Source::secrets,
    .why = "With a missing, short or misread key, audit events can be forged or altered unnoticed.",
    .remediation =
        "Write the output of 'openssl rand -hex 32' to the secret auditHmacKey and point "
        "AUDIT_HMAC_KEY_FILE of sts, api, gateway and audit to it.",
    .reference = "https://www.rfc-editor.org/rfc/rfc2104",
    .rule = RuleOnEach<Installation>{&evaluate_audit_hmac},
};

}  // namespace compliance::signing_keys
