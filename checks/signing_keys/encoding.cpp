// Whether a key is base64, which the product's preflight accepts and its services do not read
// (FACTS.md 3.3, T51).
#include "checks/signing_keys/shared/key_rule.h"

namespace compliance::signing_keys {
namespace {

// Text that is neither hex nor base64 is a finding of the checks of single keys.
Verdict encoding_verdict(const KeyContent& content) {
  if (fault_of(content)) {
    return unknown_content(content);
  }
  if (content.file->shape.base64) {
    return attributed_to(with_expected_observed(
                             fail("the key is base64, not hex: the product's preflight accepts it, "
                                  "its services do not",
                                  content.file->origin),
                             "hex digits", "base64 text"),
                         content);
  }
  return attributed_to(pass(), content);
}

Verdicts evaluate_encoding(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const KeyContent& content : all_key_contents(installation)) {
    verdicts.push_back(encoding_verdict(content));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check encoding{
    .id = "signing-keys-encoding",
    .title = "No key is base64 where services read hex",
    .area = Area::signing_keys,
    .severity = Severity::medium,
    .evidence = Source::secrets,
    .why =
        "Services reject such a key, or read only its first characters, while the preflight "
        "accepts it.",
    .remediation = "Write the key as hex: 'openssl rand -hex 32' instead of '-base64 32'.",
    .reference = "https://www.rfc-editor.org/rfc/rfc4648",
    .rule = RuleOnEach<Installation>{&evaluate_encoding},
};

}  // namespace compliance::signing_keys
