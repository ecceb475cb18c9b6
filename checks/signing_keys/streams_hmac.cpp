// Whether the streams key is set and is hex of at least 32 bytes.
#include "checks/signing_keys/shared/key_rule.h"

namespace compliance::signing_keys {
namespace {

// Published mode demands it of sts, api and coordinator, the Gateway in every mode (FACTS.md 2.3).
Verdicts evaluate_streams_hmac(const Installation& installation, const Policy& /*policy*/) {
  return evaluate_key(installation, keys::streams, KeyLength::at_least_32_bytes);
}

}  // namespace

extern constinit const Check streams_hmac{
    .id = "signing-keys-streams-hmac",
    .title = "The streams key is set and is hex of at least 32 bytes",
    .area = Area::signing_keys,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes | Source::secrets,
    .why =
        "With a missing, short or misread key, anyone who reaches Redis can forge stream messages.",
    .remediation =
        "Write the output of 'openssl rand -hex 32' to the secret streamsHmacKey and point "
        "STREAMS_HMAC_KEY_FILE of sts, api, gateway and coordinator to it.",
    .reference = "https://www.rfc-editor.org/rfc/rfc2104",
    .rule = RuleOnEach<Installation>{&evaluate_streams_hmac},
};

}  // namespace compliance::signing_keys
