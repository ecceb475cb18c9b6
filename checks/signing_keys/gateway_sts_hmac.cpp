// Whether the gateway-to-STS key is set and is hex of at least 32 bytes.
#include "checks/signing_keys/shared/key_rule.h"

namespace compliance::signing_keys {
namespace {

// Published mode demands it of gateway and sts (FACTS.md 2.3).
Verdicts evaluate_gateway_sts_hmac(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_key(installation, keys::gateway_sts, KeyLength::at_least_32_bytes);
}

}  // namespace

extern constinit const Check gateway_sts_hmac{
    .id = "signing-keys-gateway-sts-hmac",
    .title = "The gateway-to-STS key is set and is hex of at least 32 bytes",
    .area = Area::signing_keys,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes | Source::secrets,
    .why =
        "With a missing, short or misread key, anyone on the internal network can pose as the "
        "Gateway and exchange tokens.",
    .remediation =
        "Write the output of 'openssl rand -hex 32' to the secret gatewayStsHmacKey and point "
        "GATEWAY_STS_HMAC_KEY_FILE of gateway, sts and api to it.",
    .reference = "https://www.rfc-editor.org/rfc/rfc2104",
    .rule = RuleOnEach<Installation>{&evaluate_gateway_sts_hmac},
};

}  // namespace compliance::signing_keys
