// Whether the key encryption key is set and is hex of exactly 32 bytes. Either name counts,
// ZONE_KEK or SECRET_STORE_KEK, and one is required (FACTS.md 3.3, T5, T51, T53).
#include "checks/signing_keys/shared/key_rule.h"

namespace compliance::signing_keys {
namespace {

// Longer keys fail here, while HMAC keys may be longer (FACTS.md T52).
Verdicts evaluate_key_encryption_key(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_key(installation, keys::key_encryption, KeyLength::exactly_32_bytes);
}

}  // namespace

extern constinit const Check key_encryption_key{
    .id = "signing-keys-key-encryption-key",
    .title = "The key encryption key is set and is hex of exactly 32 bytes",
    .area = Area::signing_keys,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes | Source::secrets,
    .why =
        "This key encrypts the zones' secrets and signing keys: a wrong one leaves them exposed or "
        "unreadable.",
    .remediation =
        "Give sts and api ZONE_KEK_FILE (before v0.1.0) or SECRET_STORE_KEK_FILE with the output "
        "of 'openssl rand -hex 32'. Replace a KEK that is in use only with the product's own "
        "rotation.",
    .reference = "https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final",
    .rule = RuleOnEach<Installation>{&evaluate_key_encryption_key},
};

}  // namespace compliance::signing_keys
